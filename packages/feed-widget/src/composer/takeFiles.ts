import type { FeedInfo } from '@venuekit/core/contracts'

type Add = (files: readonly File[]) => void

const takesMedia = ({ features }: FeedInfo): boolean => features.images || features.video

/** Files from the clipboard; text that comes with a picture of itself stays text. */
export const takePasted = (info: FeedInfo, add: Add) => (event: ClipboardEvent) => {
  const { clipboardData: data } = event
  if (!data || !takesMedia(info) || data.files.length === 0 || data.types.includes('text/plain')) return
  event.preventDefault()
  add([...data.files])
}

/** For an element on which files can be dropped. */
export const takeDropped = (info: FeedInfo, add: Add) => {
  const hasFiles = (event: DragEvent) => takesMedia(info) && (event.dataTransfer?.types.includes('Files') ?? false)
  const mark = (event: DragEvent, isOver: boolean) => {
    const { currentTarget } = event
    if (currentTarget instanceof HTMLElement) currentTarget.classList.toggle('dropping', isOver)
  }
  return {
    onDragOver: (event: DragEvent) => {
      if (!hasFiles(event)) return
      // Without it the browser leaves the page for the file.
      event.preventDefault()
      mark(event, true)
    },
    onDragLeave: (event: DragEvent) => mark(event, false),
    onDrop: (event: DragEvent) => {
      mark(event, false)
      if (!hasFiles(event)) return
      event.preventDefault()
      add([...(event.dataTransfer?.files ?? [])])
    },
  }
}
