import { Attachments } from '../upload/Attachments.ts'
import { MediaTray } from './MediaTray.tsx'
import { trayStyles } from './trayStyles.ts'

/** What attaching needs; loaded with the first file. */
export const mediaPart = { Attachments, MediaTray, trayStyles } as const
