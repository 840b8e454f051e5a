import type { Acting } from '../view/feedContext.ts'
import { actingStyles } from './actingStyles.ts'
import { Dock } from './Dock.tsx'
import { NewPosts } from './NewPosts.tsx'
import { PostActions } from './PostActions.ts'
import { PostEnd } from './PostEnd.tsx'
import { PostGap } from './PostGap.tsx'
import { PostMenu } from './PostMenu.tsx'
import { PostProblem } from './PostProblem.tsx'

/** What a visitor can do about posts besides reading them; loaded once there are some. */
export const acting: Acting = {
  styles: [actingStyles],
  createActions: (model, news) => new PostActions(model, news),
  parts: { Dock, NewPosts, PostEnd, PostGap, PostMenu, PostProblem },
}
