import { MediaIcon } from '../media/MediaIcon.tsx'
import { useMediaMessages } from '../media/useMediaMessages.ts'

interface ViewerStepsProps {
  index: number
  count: number
  onStep: (by: -1 | 1) => void
}

/** To the one before and the one after. At an end the button stays, so that the focus does, and says that it is one. */
export const ViewerSteps = ({ index, count, onStep }: ViewerStepsProps) => {
  const words = useMediaMessages()
  if (count < 2) return null
  const steps = [
    { name: words.previous, icon: 'previous', by: -1, isEnd: index === 0 },
    { name: words.next, icon: 'next', by: 1, isEnd: index === count - 1 },
  ] as const
  return steps.map(({ name, icon, by, isEnd }) => (
    <button
      key={icon}
      type="button"
      class={`viewer-button step step-${icon}`}
      aria-label={name}
      title={name}
      aria-disabled={isEnd}
      onClick={() => onStep(by)}
    >
      <MediaIcon name={icon} />
    </button>
  ))
}
