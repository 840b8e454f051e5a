import type { SessionNews } from './OperationsModel.ts'

/** By a channel that all tabs of this origin share. Nothing but the fact is said on it. */
export const createTabNews = (): SessionNews => {
  const channel = new BroadcastChannel('venuekit-operations')
  return {
    tell: () => channel.postMessage('session'),
    listen: listener => channel.addEventListener('message', () => listener()),
  }
}
