import type { TargetedEvent } from 'preact'
import { useRef } from 'preact/hooks'
import { ComposerIcon } from './ComposerIcon.tsx'

interface AttachButtonProps {
  icon: 'image' | 'video'
  name: string
  types: readonly string[]
  multiple: boolean
  onFiles: (files: readonly File[]) => void
}

/** Opens the device's own dialog for files. */
export const AttachButton = ({ icon, name, types, multiple, onFiles }: AttachButtonProps) => {
  const picker = useRef<HTMLInputElement>(null)
  const take = ({ currentTarget }: TargetedEvent<HTMLInputElement>) => {
    onFiles([...(currentTarget.files ?? [])])
    // The same file can be chosen again.
    currentTarget.value = ''
  }
  return (
    <>
      <button
        type="button"
        class="icon-button"
        part="button attach-button"
        aria-label={name}
        title={name}
        onClick={() => picker.current?.click()}
      >
        <ComposerIcon name={icon} />
      </button>
      <input ref={picker} type="file" hidden accept={types.join()} multiple={multiple} onChange={take} />
    </>
  )
}
