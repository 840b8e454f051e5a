import type { HealthPart } from '@venuekit/core/contracts'
import { countText } from '../format/countText.ts'
import { Command } from './Command.tsx'

/** What is wrong, what it means, what to run first. */
export const HealthParts = ({ parts }: { parts: readonly HealthPart[] }) => (
  <ul class="parts">
    {parts.map(part => (
      <li key={part.kind} data-kind={part.kind} class={`is-${part.severity}`}>
        <p class="part-head">
          <span class="part-amount">{countText(part.amount)}</span>
          <span class="part-title">{part.title}</span>
        </p>
        <p>{part.meaning}</p>
        <Command text={part.command} />
      </li>
    ))}
  </ul>
)
