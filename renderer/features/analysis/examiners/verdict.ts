import { formatFixed, formatNumber } from '../../../ui/format.ts'
import type { Say } from '#shared/charts/chart-words.ts'
import { betterModel, stringencySide } from '#shared/measurement/raters/stringency-model.ts'
import type { Examined, Labels } from './labels.ts'
import { writtenP, writtenSigned } from '../written.ts'

/** What the figures come to, in sentences: who was harsh, whether examiners differ at all, and what the design allows. */
export function verdictOf(found: Examined, labels: Labels, say: Say): { answer: string[]; design: string[] } {
  return { answer: [...who(found, labels, say), ...howMuch(found, say)], design: designOf(found, labels, say) }
}

function who(found: Examined, { named }: Labels, say: Say): string[] {
  const model = betterModel(found.examiners)
  const known = found.examiners.filter((one) => one[model].value !== null)
  if (known.length === 0) return [say('analysis.examiners.verdict.untellable')]
  const listOf = (side: 'harsh' | 'mild') =>
    known
      .filter((one) => stringencySide(one[model]) === side)
      .toSorted((a, b) => Math.abs(b[model].value ?? 0) - Math.abs(a[model].value ?? 0))
      .map((one) => `${named(one.personId)} (${writtenSigned(one[model].value ?? 0, 1)})`)
  const [harsh, mild] = [listOf('harsh'), listOf('mild')]
  const rest = known.length - harsh.length - mild.length
  const sentence = (side: 'harsh' | 'mild', names: readonly string[]) =>
    names.length === 0 ? [] : [say(`analysis.examiners.verdict.${side}`, { names: names.join(', ') }, names.length)]
  return [
    ...sentence('harsh', harsh),
    ...sentence('mild', mild),
    ...(rest === known.length
      ? [say('analysis.examiners.verdict.nobody')]
      : rest > 0
        ? [say('analysis.examiners.verdict.rest', { n: rest }, rest)]
        : []),
    ...(model === 'mixed' ? [say('analysis.examiners.verdict.mixedAlone')] : []),
  ]
}

function howMuch({ effect, residualSd, share }: Examined, say: Say): string[] {
  return [
    ...(effect.f.value === null || effect.p.value === null || effect.df === null
      ? []
      : [
          say('analysis.examiners.verdict.effect', {
            f: formatFixed(effect.f.value, 2),
            between: formatNumber(effect.df[0]),
            within: formatNumber(effect.df[1]),
            p: effect.p.value < 0.001 ? writtenP(effect.p.value) : `= ${writtenP(effect.p.value)}`,
          }),
        ]),
    ...(share.value === null
      ? []
      : [say('analysis.examiners.verdict.share', { percent: formatNumber(100 * share.value) })]),
    ...(residualSd.value === null
      ? []
      : [say('analysis.examiners.verdict.residual', { sd: formatFixed(residualSd.value, 1) })]),
  ]
}

/** Why the figures are as sure as they are: who met whom where. */
function designOf({ examiners, stations, sets }: Examined, { named }: Labels, say: Say): string[] {
  const met = stations.filter((station) => station.examiners > 0)
  const about = { examiners: examiners.length, stations: met.length }
  const stayed = examiners.every((one) => one.stations <= 1)
  const shape = met.every((station) => station.examiners === 1) ? 'oneEach' : stayed ? 'nested' : 'crossed'
  const alone = examiners.filter(({ set, rawMean }) => set === null && rawMean.n > 0)
  const listed = (ids: readonly string[]) => ids.map(named).join(', ')
  return [
    say(`analysis.examiners.design.${shape}`, about),
    ...(sets.length > 1
      ? [say('analysis.examiners.design.sets', { n: sets.length, sets: sets.map(listed).join('; ') })]
      : []),
    ...(alone.length === 0
      ? []
      : alone.length === examiners.length
        ? [say('analysis.examiners.design.allAlone'), say('analysis.examiners.design.advice')]
        : [
            say(
              'analysis.examiners.design.alone',
              { names: listed(alone.map(({ personId }) => personId)) },
              alone.length,
            ),
          ]),
  ]
}
