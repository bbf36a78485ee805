import { cleanLine } from './clean-line.ts'

/** Written by the same hand: capitals and spaces aside. */
export const isSameName = (a: string, b: string): boolean => plainName(a) === plainName(b)

const plainName = (name: string): string => cleanLine(name).normalize('NFKC').toLowerCase().replaceAll(/\s/gu, '')
