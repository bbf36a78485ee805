import { expect, test } from 'vitest'
import { spStatements } from '#shared/domain/sp-form.ts'
import { agreementByDomain, domainOfStatement, type DomainPair } from '#shared/measurement/empathy/domain-agreement.ts'
import { agreement } from '#shared/measurement/raters/agreement.ts'
import { intraclassCorrelations } from '#shared/measurement/raters/icc.ts'
import rubric from '#resources/rubrics/empathy-1.json' with { type: 'json' }

const examiner = [60, 72, 55, 81, 66, null]
const patient = [58, 80, 61, 79, 70, 50]
const pairs: DomainPair[] = examiner.flatMap((score, i) => [
  { candidate: `c${i}`, domain: 'emotion-naming', examiner: score, patient: patient[i] ?? null },
  { candidate: `c${i}`, domain: 'boundary-maintenance', examiner: score, patient: score === null ? null : score - 5 },
])

test('each domain has the agreement of examiner and patient, with its two ICCs', () => {
  const [emotion, boundary] = agreementByDomain(pairs)
  const sides = examiner.map((score, i) => [score, patient[i] ?? null] as const)
  expect([emotion?.domain, boundary?.domain]).toEqual(['emotion-naming', 'boundary-maintenance'])
  expect(emotion).toMatchObject(agreement(sides))
  expect(emotion?.leftOut).toBe(1)
  expect(emotion?.icc.agreement).toEqual(intraclassCorrelations(sides).forms['ICC(2,1)'])
  expect(boundary?.bias.value).toBe(5)
  expect(boundary?.icc.consistency.value).toBe(1)
  expect(boundary?.icc.agreement.value).toBeLessThan(1)
})

test('where a candidate has several encounters, every figure says that its interval is too narrow', () => {
  const figures = (domains: ReturnType<typeof agreementByDomain>) =>
    domains.flatMap(({ bias, lower, upper, proportional, pearson, spearman, ccc, icc }) =>
      [bias, lower, upper, proportional, pearson, spearman, ccc, icc.agreement, icc.consistency].map(({ warnings }) =>
        warnings.includes('interval-too-narrow'),
      ),
    )
  expect(new Set(figures(agreementByDomain(pairs)))).toEqual(new Set([false]))
  expect(new Set(figures(agreementByDomain(pairs.map((pair) => ({ ...pair, candidate: 'c0' })))))).toEqual(
    new Set([true]),
  )
})

test('no pairs, no domains', () => {
  expect(agreementByDomain([])).toEqual([])
})

test('every domain of the empathy rubric has its statement on the patient’s form', () => {
  const named = spStatements.flatMap((statement) => domainOfStatement[statement] ?? [])
  expect(named.toSorted()).toEqual(rubric.domains.map(({ id }) => id).toSorted())
})
