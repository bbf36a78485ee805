/**
 * The least candidates of a group of which something is told. It may be declared from 2 on: the mean of a group of one is
 * the score of that candidate. By default 10, a usual threshold of statistical disclosure control.
 */
export const groupSize = { least: 2, usual: 10, most: 10_000 } as const
