export interface MediaRoute {
  readonly method: 'GET' | 'PUT'
  readonly path: string
  readonly summary: string
  /** Request headers that mean something. */
  readonly headers: Readonly<Record<string, string>>
  /** What each status says. */
  readonly answers: Readonly<Record<number, string>>
}

/**
 * Where bytes come and go at hosts whose media store has no address of its own. No key is needed: the addresses come
 * from `uploadUrl` and from posts, and nobody can guess them.
 */
export const mediaRoutes = {
  receiveUpload: {
    method: 'PUT',
    path: '/media/uploads/:token',
    summary: 'The bytes of an upload, whole or in parts',
    headers: {
      'Content-Range': '`bytes 0-262143/1048576` for a part; `bytes */1048576` and no body to ask how far it is',
    },
    answers: {
      200: 'All bytes are in',
      308: 'More are wanted; `Range: bytes=0-262143` says which are safe, and is missing where none are',
    },
  },
  readMedia: {
    method: 'GET',
    path: '/media/:name',
    summary: 'An image, a video or a poster of a post',
    headers: { Range: '`bytes=0-1023`, for players that seek' },
    answers: {
      200: 'The file',
      206: 'That part of it',
      304: 'What the caller has is right',
      416: 'It is not that long',
    },
  },
} as const satisfies Record<string, MediaRoute>
