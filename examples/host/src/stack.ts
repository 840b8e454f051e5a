import { rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  createServerKit,
  type MediaStore,
  type MemoryMessages,
  type MigratableDatabase,
  memoryMessages,
  type ServerKit,
} from '@venuekit/server-kit'
import { localMedia } from '@venuekit/server-kit/local-media'
import { directoryAssets, serve } from '@venuekit/server-kit/node'
import { type DemoDatabase, openDatabase, unreachable } from './database.ts'
import { lockFolder } from './folderLock.ts'
import { connectStripe, type DemoGateway, startTwin } from './gateway.ts'
import { kitSettings } from './kitSettings.ts'
import { listen } from './listen.ts'
import { mailPage } from './mailPage.ts'
import type { DemoOptions } from './options.ts'
import { requireFreePorts } from './ports.ts'
import { quietLog } from './quietLog.ts'
import { announceDemo } from './runningDemo.ts'
import { type DemoSecrets, loadSecrets } from './secrets.ts'
import { seed } from './seed.ts'
import { siteWords } from './siteWords.ts'
import { terminalAlerts } from './terminalAlerts.ts'
import { createVenueSite } from './venueSite.ts'

/** Everything the demo runs, in this process and beside it. */
export interface DemoStack extends AsyncDisposable {
  readonly apiUrl: string
  readonly siteUrl: string
  readonly mailUrl: string
  /** The operations page, the key that opens it, and where that stands, for people. */
  readonly operations: { url: string; key: string; keyPlace: string }
  /** Null with real Stripe. */
  readonly twinUrl: string | null
  /** Where the data lies, for people. */
  readonly dataPlace: string
  readonly mails: MemoryMessages
  readonly database: MigratableDatabase
}

const portSettings = { api: 'VENUEKIT_API_PORT', twin: 'VENUEKIT_TWIN_PORT', site: 'VENUEKIT_SITE_PORT' }

/** Starts all of it; on failure, and when disposed of, what was started ends in the reverse order. */
export const startStack = async (options: DemoOptions): Promise<DemoStack> => {
  await using starting = new AsyncDisposableStack()
  await requireFreePorts(options.ports, portSettings)
  starting.defer(lockFolder(options.folder))
  const secrets = loadSecrets(options.folder, options.fresh)
  const stored = await openDatabase(options, secrets.database)
  starting.defer(() => stored.stop())
  const paid = await (options.stripe ? connectStripe(options.stripe) : startTwin(options.ports.twin, secrets.webhooks))
  starting.defer(() => paid.stop())
  const mails = memoryMessages()
  let apiUrl = ''
  const mediaFolder = join(options.folder, 'media')
  if (options.fresh) rmSync(mediaFolder, { recursive: true, force: true })
  const media = localMedia({
    folder: mediaFolder,
    publicUrl: () => apiUrl,
    secret: secrets.uploads,
  })
  const kit = createKit(stored, paid, mails, media, secrets)
  starting.defer(() => kit.close())

  const words = () => siteWords(stored.database)
  const site = await listen(
    createVenueSite({ apiUrl: () => apiUrl, memberSecret: secrets.members, words }),
    options.ports.site,
  )
  starting.defer(() => site.close())
  await prepare(kit, stored, site.url, options.pages ?? [])
  const api = await serve({ kit: withMailView(kit, mails), port: options.ports.api, host: '127.0.0.1', signals: false })
  starting.defer(() => api.close())
  apiUrl = `http://localhost:${api.port}`
  paid.sendWebhooksTo(apiUrl)

  const { twinUrl } = paid
  starting.defer(announceDemo(options.folder, { pid: process.pid, apiUrl, twinUrl, database: stored.reach }))

  const running = starting.move()
  return {
    apiUrl,
    siteUrl: site.url,
    mailUrl: `${apiUrl}/mail`,
    operations: {
      url: `${apiUrl}/ops`,
      key: secrets.admin,
      keyPlace: `"admin" in ${join(options.folder, 'secrets.json')}`,
    },
    database: stored.database,
    twinUrl,
    dataPlace: stored.place,
    mails,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

const createKit = (
  stored: DemoDatabase,
  paid: DemoGateway,
  messages: MemoryMessages,
  media: MediaStore,
  secrets: DemoSecrets,
) =>
  createServerKit({
    database: stored.database,
    gateway: paid.gateway,
    ...kitSettings(secrets),
    messages,
    alerts: terminalAlerts(),
    media: { image: media, video: media },
    log: quietLog(),
    assets: directoryAssets(),
  })

const prepare = async (kit: ServerKit, stored: DemoDatabase, siteUrl: string, pages: readonly string[]) => {
  try {
    await kit.migrate()
    await seed(stored.database, siteUrl, pages)
  } catch (error) {
    throw unreachable(stored.place, error)
  }
}

/** The API, and the demo's own page of sent mail beside it. */
const withMailView = (kit: ServerKit, mails: MemoryMessages): ServerKit => ({
  ...kit,
  fetch: async (request, facts) => {
    if (new URL(request.url).pathname !== '/mail') return kit.fetch(request, facts)
    return new Response(mailPage([...mails.sent].reverse()), {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
      },
    })
  },
})
