import pg from 'pg'

const KindPool = pg.Pool

/** Connections that a pool opens at least, where it may, so that there is a choice. */
const atLeast = 4

const shuffle = (items: unknown[]): void => {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(Math.random() * (last + 1))
    const item = items[last]
    items[last] = items[other]
    items[other] = item
  }
}

/**
 * The worst pooler: each call goes to a connection by chance, which has just forgotten all that a session can remember.
 * What a call leaves behind in its session is lost, and what it expects there is missing. All else is the real pool.
 */
class HostilePool extends KindPool {
  override connect(): Promise<pg.PoolClient>
  override connect(callback: Parameters<pg.Pool['connect']>[0]): void
  override connect(callback?: Parameters<pg.Pool['connect']>[0]): Promise<pg.PoolClient> | undefined {
    if (callback) throw new TypeError('a hostile pool answers by promises alone')
    return this.connectByChance()
  }

  private async open(wanted: number): Promise<void> {
    const held: pg.PoolClient[] = []
    while (this.totalCount < wanted) held.push(await super.connect())
    for (const client of held) client.release()
  }

  private async connectByChance(): Promise<pg.PoolClient> {
    // The pool hands out what lies last here.
    const idle: unknown = Reflect.get(this, '_idle')
    if (!Array.isArray(idle)) throw new Error('the pool of pg keeps its idle connections elsewhere now')
    shuffle(idle)
    const client = await super.connect()
    await this.open(Math.min(atLeast, this.options.max))
    try {
      await client.query('discard all')
    } catch (error) {
      client.release(true)
      throw error
    }
    return client
  }
}

const using = (Pool: typeof pg.Pool): (() => void) => {
  const before = pg.Pool
  pg.Pool = Pool
  return () => {
    pg.Pool = before
  }
}

/** Every pool made from here on is hostile, until the answered function is called. */
export const makePoolsHostile = (): (() => void) => using(HostilePool)

/** Pools made meanwhile are kind, whatever the suite runs on: for a test that says why. */
export const withKindPools = <Result>(work: () => Result): Result => {
  const restore = using(KindPool)
  try {
    return work()
  } finally {
    restore()
  }
}
