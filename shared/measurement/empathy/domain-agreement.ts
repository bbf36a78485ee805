import type { SpStatement } from '../../domain/sp-form.ts'
import { agreement, type Agreement } from '../raters/agreement.ts'
import { intraclassCorrelations, type Icc } from '../raters/icc.ts'
import type { Statistic } from '../statistic.ts'

/** A domain of one encounter as the examiner and the SP scored it, both in the same unit; null is missing. */
export type DomainPair = { candidate: string; domain: string; examiner: number | null; patient: number | null }

/** Agreement of examiner (x) and SP (y) in one domain. Above 0 the bias says that examiners score higher. */
export type DomainAgreement = Agreement & {
  domain: string
  /** ICC(2,1): agreement in level too; ICC(3,1): in order only. */
  icc: { agreement: Icc; consistency: Icc }
}

/** The domain of the empathy rubric that a statement of the SP's form speaks of; null where it speaks of the whole. */
export const domainOfStatement: Readonly<Record<SpStatement, string | null>> = {
  listened: null,
  'view-understood': 'perspective-taking',
  'feelings-recognised': 'emotion-naming',
  'limits-safe': 'boundary-maintenance',
  helped: 'compassionate-action',
  'would-follow-plan': null,
  'would-return': null,
}

/** Each domain by the order of its first pair. Encounters of one candidate are not independent: the figures say so. */
export function agreementByDomain(pairs: readonly DomainPair[]): DomainAgreement[] {
  return [...Map.groupBy(pairs, ({ domain }) => domain)].map(([domain, own]) => {
    const sides = own.map(({ examiner, patient }): [number | null, number | null] => [examiner, patient])
    const repeated = new Set(own.map(({ candidate }) => candidate)).size < own.length
    const told = <T extends Statistic>(figure: T): T =>
      repeated ? { ...figure, warnings: [...figure.warnings, 'interval-too-narrow'] } : figure
    const { bias, lower, upper, proportional, pearson, spearman, ccc, leftOut } = agreement(sides)
    const { forms } = intraclassCorrelations(sides)
    return {
      domain,
      bias: told(bias),
      lower: told(lower),
      upper: told(upper),
      proportional: told(proportional),
      pearson: told(pearson),
      spearman: told(spearman),
      ccc: told(ccc),
      leftOut,
      icc: { agreement: told(forms['ICC(2,1)']), consistency: told(forms['ICC(3,1)']) },
    }
  })
}
