import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { defineComponent } from 'vue'
import { errorCodeSchema, type ErrorCode } from '#shared/contract/result.ts'
import { i18n } from '#renderer/i18n.ts'
import en from '#shared/locales/en.json' with { type: 'json' }
import { useErrors, type ErrorSentences } from '#renderer/ui/use-errors.ts'

type Three = { what: unknown; marks: unknown; act: unknown }
/** Does not compile while a code has no sentences. */
const sentences: Record<ErrorCode, Three> = en.errors

function errors(): ErrorSentences {
  let found: ErrorSentences | undefined
  mount(
    defineComponent(() => {
      found = useErrors()
      return () => null
    }),
    { global: { plugins: [i18n] } },
  )
  if (found === undefined) throw new Error('not set up')
  return found
}

test.each(errorCodeSchema.options)('"%s" says what happened, what it means for the marks, and what to do', (code) => {
  const { words } = errors()
  const { what, marks, act } = words({ code, params: {} })
  for (const sentence of [what, marks, act]) {
    expect(sentence).toMatch(/^[A-Z“].{9,}[.”]$/)
    expect(sentence).not.toContain('errors.')
    expect(sentence, 'brackets are left out by a terminal alone').not.toMatch(/[[\]]/)
  }
})

test('no code has sentences that nobody can meet', () => {
  expect(Object.keys(sentences).sort()).toEqual([...errorCodeSchema.options].sort())
})

test('a wrong return code says how long to wait', () => {
  const { sentence } = errors()
  expect(sentence({ code: 'wrong-return-code', params: { waitSeconds: 8 } })).toContain('8 seconds')
  expect(sentence({ code: 'wrong-return-code', params: { waitSeconds: 1 } })).toContain('in a second')
  expect(sentence({ code: 'wrong-return-code', params: { waitSeconds: 0 } })).not.toContain('second')
})

test('nobody is sent to a director for a mark that no call can change any more', () => {
  const { sentence } = errors()
  expect(sentence({ code: 'encounter-closed', params: {} })).toContain('report an incident')
  for (const code of errorCodeSchema.options)
    expect(sentence({ code, params: {} })).not.toMatch(/director .*(correct|mark must)/)
})

test('whoever has marks stays, and what to do instead is said', () => {
  const { words } = errors()
  expect(words({ code: 'candidate-has-marks', params: { number: '7' } }).act).toContain('declare the absence')
  expect(words({ code: 'person-has-marks', params: { name: 'Ada' } }).act).toContain('Take the stations away')
})

test('what the host knows is said: the column, the number, the rows', () => {
  const { words } = errors()
  expect(words({ code: 'file-column-missing', params: { column: 'number' } }).what).toContain('“number”')
  expect(words({ code: 'duplicate-candidate-number', params: { number: '1017' } }).what).toContain('number 1017')
  expect(words({ code: 'file-too-many-rows', params: { rows: 100_000, max: 2000 } }).what).toMatch(/100.000.*2.000/)
  expect(words({ code: 'list-quote-open', params: { line: 3 } }).what).toContain('line 3')
  expect(words({ code: 'too-many-stations', params: { max: 60 } }).what).toContain('60 stations')
  for (const code of ['bundle-rubric-differs', 'package-rubric-differs'] as const)
    expect(words({ code, params: { title: 'Empathy' } }).act).toContain('rubric “Empathy”')
  expect(words({ code: 'file-not-utf8', params: { line: 3, text: '2;Zoë' } }).what).toMatch(/line 3.*“2;Zoë”/)
  const place = { field: 'candidates.0.name', problem: 'Too small' }
  expect(words({ code: 'exam-file-invalid', params: place }).what).toMatch(/“candidates\.0\.name”.*Too small/)
})
