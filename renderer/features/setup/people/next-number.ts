/** The number after the highest; none where there is none to go on from. */
export function nextNumber(candidates: readonly { number: string }[]): string {
  const numbers = candidates.map(({ number }) => number).filter((number) => /^\d{1,9}$/.test(number))
  if (numbers.length === 0) return candidates.length === 0 ? '1001' : ''
  const highest = numbers.reduce((most, number) => (Number(number) > Number(most) ? number : most))
  return String(Number(highest) + 1).padStart(highest.length, '0')
}
