import { render } from 'preact'
import type { PageClient } from './client/createPageClient.ts'
import { OperationsModel, type SessionNews } from './model/OperationsModel.ts'
import { Store } from './model/Store.ts'
import { App } from './view/App.tsx'
import { PageProvider } from './view/pageContext.ts'

const eventOfHash = (): string | null => /^#event=([0-9a-f-]{36})$/.exec(location.hash)?.[1] ?? null

/** The address names the selected event, so that reload, back and a link to a colleague lead to it. */
const followAddress = (model: OperationsModel): (() => void) => {
  const read = () => model.select(eventOfHash())
  const write = () => {
    const selected = model.selected.value
    if (selected === eventOfHash()) return
    history.pushState(null, '', selected === null ? location.pathname + location.search : `#event=${selected}`)
  }
  read()
  const forget = model.selected.subscribe(write)
  addEventListener('popstate', read)
  addEventListener('hashchange', read)
  return () => {
    forget()
    removeEventListener('popstate', read)
    removeEventListener('hashchange', read)
  }
}

/** The state in the tab: its title, and its icon. */
const showInTab = (model: OperationsModel): (() => void) => {
  const icon = document.querySelector<HTMLLinkElement>('link[rel=icon][data-attention]')
  const well = icon?.getAttribute('href') ?? ''
  return model.overview.store.subscribe(() => {
    const data = model.overview.store.value.data
    const bad = data?.state === 'attention'
    document.title = bad ? '● Needs you – Operations' : 'Operations'
    icon?.setAttribute('href', bad ? (icon.dataset.attention ?? well) : well)
  })
}

/** Draws the page into an element; answers how to take it away. */
export const mountPage = (root: Element, client: PageClient, news: SessionNews, everyMs?: number): (() => void) => {
  const model = new OperationsModel(client, news, everyMs)
  const clock = new Store(Date.now())
  const ticking = setInterval(() => clock.set(Date.now()), 1000)
  const watchVisibility = () => {
    // Before anything is drawn: what was shown when the page was hidden is not of now.
    clock.set(Date.now())
    model.setVisible(document.visibilityState === 'visible')
  }
  const forgetAddress = followAddress(model)
  const forgetTab = showInTab(model)
  document.addEventListener('visibilitychange', watchVisibility)
  watchVisibility()
  model.start()
  render(
    <PageProvider value={{ model, clock }}>
      <App />
    </PageProvider>,
    root,
  )
  return () => {
    clearInterval(ticking)
    forgetAddress()
    forgetTab()
    document.removeEventListener('visibilitychange', watchVisibility)
    model.setVisible(false)
    render(null, root)
  }
}
