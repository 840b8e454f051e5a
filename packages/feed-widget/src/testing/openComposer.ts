import { type MountedFeed, mountFeed } from './mountFeed.ts'

export interface OpenComposer extends MountedFeed {
  /** Chooses files with the first picker. */
  choose(...files: File[]): void
  /** Of each attached file, from the left. */
  phases(): (string | undefined)[]
  /** What is said of files that were not taken. */
  refused(): (string | null)[]
  /** What a screen reader hears last. */
  said(): string | null
  /** Resolves when so many files are in. */
  uploaded(count?: number): Promise<void>
}

/** A feed whose composer takes files. */
export const openComposer = async (options?: Parameters<typeof mountFeed>[0]): Promise<OpenComposer> => {
  const feed = await mountFeed(options)
  const { all, find, until } = feed
  await until(() => all('[type=file]').length > 0)
  const phases = () => all('.attached').map(item => item.dataset.phase)
  return {
    ...feed,
    choose: (...files) => {
      const picker = find<HTMLInputElement>('[type=file]')
      picker.files = transferOf(files).files
      picker.dispatchEvent(new Event('change', { bubbles: true }))
    },
    phases,
    refused: () => all('.refused').map(line => line.textContent),
    said: () => find('.spoken[role=status]').textContent,
    uploaded: (count = 1) => until(() => phases().filter(phase => phase === 'ready').length === count),
  }
}

/** Files as a picker, a paste or a drop brings them. */
export const transferOf = (files: readonly File[]): DataTransfer => {
  const transfer = new DataTransfer()
  for (const file of files) transfer.items.add(file)
  return transfer
}
