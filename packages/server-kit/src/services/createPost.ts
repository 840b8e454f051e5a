import type { CreatePostRequest, PostResponse } from '@venuekit/core/contracts'
import type { SqlResult } from '../ports/database.ts'
import { enforcePostingLimits } from './enforcePostingLimits.ts'
import { isModerator } from './isModerator.ts'
import type { KitContext } from './kitContext.ts'
import type { Posting } from './posting.ts'
import { ProblemError } from './problemError.ts'
import { requestHash } from './requestHash.ts'
import { switchedOff } from './requireFeature.ts'

type Refusal = Exclude<SqlResult<'feed.create_post'>, { post: unknown }>

const badUpload = ({ place }: { place: number }, message: string): ProblemError =>
  new ProblemError('invalid_request', { fields: { [`media.${place}.uploadId`]: message } })

/** What each refusal of SQL's means to the author. */
const problems: {
  [Outcome in Refusal['outcome']]: (refusal: Extract<Refusal, { outcome: Outcome }>) => ProblemError
} = {
  not_found: () => new ProblemError('not_found', { detail: 'No such feed.' }),
  idempotency_conflict: () =>
    new ProblemError('idempotency_conflict', { detail: 'Another post was made under this clientId.' }),
  media_not_found: refusal => badUpload(refusal, 'no upload of yours in this feed: upload it again'),
  media_taken: refusal => badUpload(refusal, 'stands in another post already: upload it again'),
  second_video: refusal => badUpload(refusal, 'a post holds one video at most'),
  media_switched_off: ({ kind }) => switchedOff(kind === 'video' ? 'video' : 'images'),
  media_rejected: ({ rejection, place }) =>
    new ProblemError('media_rejected', {
      detail: rejection.detail,
      fields: { [`media.${place}.uploadId`]: rejection.detail },
    }),
}

const refuse = <Outcome extends Refusal['outcome']>(
  refusal: Extract<Refusal, { outcome: Outcome }> & { outcome: Outcome },
): ProblemError => problems[refusal.outcome](refusal)

const readMedia = ({ media = [] }: CreatePostRequest): { uploadId: string; alt: string | null }[] => {
  const ids = media.map(item => item.uploadId)
  const repeated = ids.findIndex((id, place) => ids.indexOf(id) < place)
  if (repeated >= 0) throw badUpload({ place: repeated }, 'stands in this post twice')
  return media.map(({ uploadId, alt }) => ({ uploadId, alt: alt?.trim() || null }))
}

/** `clientId` is the idempotency key: the same post again, media included, answers the first one. */
export const createPost = async (
  context: KitContext,
  feedId: string,
  body: CreatePostRequest,
  posting: Posting,
): Promise<PostResponse> => {
  const { key, viewer } = posting
  const media = readMedia(body)
  await enforcePostingLimits(context, 'createPost', posting)
  const { images, video } = await context.features.read({ feedId, venueId: key.venueId })
  const answer = await context.database.call('feed.create_post', {
    feed_id: feedId,
    venue_id: key.venueId,
    post_id: crypto.randomUUID(),
    client_id: body.clientId,
    author: { id: viewer.id, name: viewer.name, avatarUrl: viewer.avatarUrl },
    moderator: isModerator(viewer),
    text: body.text,
    media,
    media_kinds: [...(images ? (['image'] as const) : []), ...(video ? (['video'] as const) : [])],
    request_hash: await requestHash({ text: body.text, media }),
  })
  if (!('post' in answer)) throw refuse(answer)
  context.live.wake()
  return { post: answer.post }
}
