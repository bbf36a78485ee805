import type { RouteLocationRaw } from 'vue-router'
import type { Readiness } from '#shared/domain/readiness.ts'
import type { Station } from '#shared/domain/exam.ts'
import type { ExamId } from '#shared/domain/ids.ts'

/** The parts of an exam's set-up, in the order in which one works through them. */
export const sections = ['plan', 'stations', 'people', 'rotation', 'rubric', 'check', 'laptops'] as const
export type Section = (typeof sections)[number]

export const sectionOf = (param: unknown): Section => sections.find((section) => section === param) ?? 'plan'

export const sectionRoute = (
  examId: ExamId,
  section: Section,
  query: Record<string, string> = {},
): RouteLocationRaw => ({ name: 'exam-setup', params: { examId, section }, query })

/** Where a finding is mended: the section, and in it the station or the list of people. */
export function routeToMend(examId: ExamId, finding: Readiness, stations: readonly Station[]): RouteLocationRaw {
  const { leadsTo, params, code } = finding
  const station = stations.find(({ number }) => number === params['station'])
  if (leadsTo === 'stations' && station) return sectionRoute(examId, leadsTo, { station: station.id })
  if (leadsTo === 'people') {
    return sectionRoute(examId, leadsTo, { list: code === 'no-candidates' ? 'candidates' : 'staff' })
  }
  return sectionRoute(examId, leadsTo)
}
