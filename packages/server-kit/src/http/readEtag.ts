import { etag, RETAINED_304_HEADERS } from 'hono/etag'

/** A 304 must stay readable by the page that asked, so it keeps its CORS headers and its request id. */
export const readEtag = () =>
  etag({
    retainedHeaders: [
      ...RETAINED_304_HEADERS,
      'access-control-allow-origin',
      'access-control-expose-headers',
      'x-request-id',
    ],
  })
