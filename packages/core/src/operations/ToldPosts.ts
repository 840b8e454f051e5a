import type { Post } from '../contracts/feed.ts'
import { type Mark, replicaLagMs } from './operation.ts'

interface Told {
  readonly feedId: string
  /** Null where it was removed. */
  readonly post: Post | null
  readonly mark: Mark
}

/**
 * What was told of single posts, by live messages and by answers. A list that was asked for before, or from a replica
 * that lags behind, must not undo it.
 */
export class ToldPosts {
  /** By post id; last told last. */
  readonly #told = new Map<string, Told>()

  /** False where something newer is known. */
  tell(post: Post, mark: Mark): boolean {
    const known = this.#told.get(post.id)
    if (known?.post ? known.post.version > post.version : known && isRecent(known, mark)) return false
    this.#put(post.id, { feedId: post.feedId, post, mark })
    return true
  }

  remove(feedId: string, postId: string, mark: Mark): void {
    this.#put(postId, { feedId, post: null, mark })
  }

  find(postId: string): Post | null {
    return this.#told.get(postId)?.post ?? null
  }

  /** True where a list that was asked for then may still show a post that is gone. */
  isRemoved(postId: string, begun: Mark): boolean {
    const known = this.#told.get(postId)
    return known?.post === null && isRecent(known, begun)
  }

  /** Posts of the feed that a list asked for then may not show yet. */
  recent(feedId: string, begun: Mark): readonly Post[] {
    return [...this.#told.values()].flatMap(told =>
      told.post && told.feedId === feedId && isRecent(told, begun) ? told.post : [],
    )
  }

  #put(postId: string, told: Told): void {
    this.#told.delete(postId)
    this.#told.set(postId, told)
    // Twice the time: a list may take a while to come.
    for (const [id, { mark }] of this.#told) {
      if (mark.at + 2 * replicaLagMs > told.mark.at) break
      this.#told.delete(id)
    }
  }
}

const isRecent = ({ mark }: Told, begun: Mark): boolean => begun.at < mark.at + replicaLagMs
