import type { RefObject, TargetedEvent, TargetedKeyboardEvent } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { Drawing } from '../view/Drawing.tsx'
import { itemByKey } from './menuKeys.ts'
import { placeMenu } from './placeMenu.ts'
import { whenElsewhere } from './whenElsewhere.ts'

export interface MenuChoice {
  readonly name: string
  readonly icon: string
  readonly isGrave?: boolean
  /** `byKeys`: chosen without a pointer. */
  choose(byKeys: boolean): void
}

interface MenuProps {
  label: string
  choices: readonly MenuChoice[]
  opener: RefObject<HTMLButtonElement | null>
  /** Where the focus begins. */
  start: 'first' | 'last'
  onClose: () => void
}

/** A menu in the top layer, where nothing of the page clips it. The focus is in it while it is open. */
export const Menu = ({ label, choices, opener, start, onClose }: MenuProps) => {
  const menu = useRef<HTMLDivElement>(null)
  const items = () => [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]
  const close = () => {
    opener.current?.focus({ preventScroll: true })
    onClose()
  }

  useLayoutEffect(() => {
    // Opened in a widget that has gone meanwhile.
    if (!menu.current?.isConnected || !opener.current) return
    menu.current.showPopover?.()
    placeMenu(opener.current, menu.current)
    items()
      .at(start === 'first' ? 0 : -1)
      ?.focus({ preventScroll: true })
    // The focus was in it: without a place to go to, who uses the keys would begin again at the top of the page.
    return whenElsewhere([menu.current, opener.current], close)
  }, [])

  const move = (event: TargetedKeyboardEvent<HTMLElement>) => {
    // A menu's keys are not the feed's.
    event.stopPropagation()
    if (event.key === 'Tab') return close()
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const all = items()
    const at = all.indexOf(event.target as HTMLElement)
    const to = itemByKey(
      event.key,
      at,
      choices.map(({ name }) => name),
    )
    if (to === null && event.key !== 'Escape') return
    event.preventDefault()
    if (to === null) close()
    else all[to]?.focus()
  }
  const choose = (choice: MenuChoice) => (event: TargetedEvent<HTMLButtonElement, MouseEvent>) => {
    close()
    choice.choose(event.detail === 0)
  }

  return (
    <div
      ref={menu}
      class="menu"
      part="menu"
      popover="manual"
      role="menu"
      tabIndex={-1}
      aria-label={label}
      onKeyDown={move}
    >
      {choices.map(choice => (
        <button
          key={choice.name}
          type="button"
          class={choice.isGrave ? 'choice grave' : 'choice'}
          part="menu-item"
          role="menuitem"
          tabIndex={-1}
          onPointerMove={event => event.currentTarget.focus({ preventScroll: true })}
          onClick={choose(choice)}
        >
          <Drawing path={choice.icon} />
          {choice.name}
        </button>
      ))}
    </div>
  )
}
