import type { MigratableDatabase } from '../../packages/server-kit/src/ports/database.ts'
import type { BenchKit } from './benchKit.ts'
import type { BenchShop, BenchVenue } from './benchShop.ts'
import type { Scratch } from './scratch.ts'
import type { Sizes } from './sizes.ts'

/** What every group of lines is measured on. */
export interface Stage {
  database: MigratableDatabase
  sizes: Sizes
  scratch: Scratch
  kit: BenchKit
  venue: BenchVenue
  /** An event with `sizes.sold` tickets sold. */
  soldShop: BenchShop
  /** An event with nothing sold. */
  openFreshShop(): Promise<BenchShop>
}
