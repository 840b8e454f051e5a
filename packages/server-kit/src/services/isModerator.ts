import type { Viewer } from '../ports/viewer.ts'

/** By the host's token alone: the kit keeps no roles. */
export const isModerator = (viewer: Viewer | null): boolean =>
  viewer !== null && (viewer.roles.includes('moderator') || viewer.roles.includes('host'))
