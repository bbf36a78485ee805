import { expect, test } from 'vitest'
import type { RouteMeta } from 'vue-router'
import { guard } from '#renderer/guard.ts'
import { sessionSchema, type Session } from '#shared/domain/session.ts'

const session = (role: Session['role'], handedOver: string | null = null): Session =>
  sessionSchema.parse({ role, examId: 'exam-1', personId: 'person-1', handedOver })

const route = (name: string, roles?: RouteMeta['roles'], params: Record<string, string> = {}) => ({
  name,
  params,
  meta: { title: 'start.title', ...(roles && { roles }) },
})

test('the start is open to everybody, chosen or not', () => {
  expect(guard(route('start'), null)).toBe(true)
  expect(guard(route('start'), session('examiner'))).toBe(true)
})

test('a screen of a role leads everybody else to the start', () => {
  const results = route('exam-results', ['director'])
  expect(guard(results, session('director'))).toBe(true)
  for (const other of [null, session('examiner'), session('sp')]) {
    expect(guard(results, other)).toEqual({ name: 'start', replace: true })
  }
})

test('while the device is handed over, every address leads to the form of that encounter', () => {
  const held = session('sp', 'encounter-7')
  const form = { name: 'sp-form', params: { encounterId: 'encounter-7' }, replace: true }
  for (const to of [
    route('start'),
    route('examiner-day', ['examiner']),
    route('sp-day', ['sp']),
    route('encounter', ['examiner', 'director'], { encounterId: 'encounter-7' }),
    route('sp-form', ['sp'], { encounterId: 'encounter-8' }),
  ]) {
    expect(guard(to, held)).toEqual(form)
  }
  expect(guard(route('sp-form', ['sp'], { encounterId: 'encounter-7' }), held)).toBe(true)
})

test('when the device comes back, its examiner goes on at that encounter', () => {
  expect(guard(route('sp-form', ['sp'], { encounterId: 'encounter-7' }), session('examiner'))).toEqual({
    name: 'encounter',
    params: { encounterId: 'encounter-7' },
    replace: true,
  })
})
