import { createHash } from 'node:crypto'

const FIRST = 20_000
const COUNT = 10_000

/**
 * The port that is tried first for a data folder (absolute path). It is the same at every start, because a browser
 * keeps marks that are not on disk yet for an address: after a crash they are found again only where they were made.
 */
export const usualPort = (dataDir: string): number =>
  FIRST + (createHash('sha256').update(dataDir).digest().readUInt32BE() % COUNT)
