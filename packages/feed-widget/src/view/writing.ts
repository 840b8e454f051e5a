import { Composer } from './Composer.tsx'
import { DeletePost } from './DeletePost.tsx'
import type { Writing } from './feedContext.ts'
import { PostProblem } from './PostProblem.tsx'

/** What only a signed-in viewer needs; loaded when there is one. */
export const writing: Writing = { Composer, DeletePost, PostProblem }
