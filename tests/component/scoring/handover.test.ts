import { expect, test } from 'vitest'
import { personIdSchema } from '#shared/domain/ids.ts'
import { eventually } from '#tests/support/eventually.ts'
import { refused } from '#tests/support/fake-bridge.ts'
import { encounterView, examinerSession, freshEncounterId, spSession } from '#tests/support/screen-encounter.ts'
import { allRated, items, openSheet, row } from './support.ts'

async function openHandOver(screen: Awaited<ReturnType<typeof openSheet>>['screen']): Promise<void> {
  screen.find('More deeds').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
  await screen.settle()
  await screen.press('Hand over to the SP')
}

async function handOver(screen: Awaited<ReturnType<typeof openSheet>>['screen'], code: string): Promise<void> {
  await openHandOver(screen)
  if (screen.has('Choose another code')) await screen.press('Choose another code')
  await screen.fill('Your return code', code)
  document.querySelector<HTMLFormElement>('form#hand-over')?.requestSubmit()
  await screen.settle()
  await screen.settle()
}

test('the device handed over shows no mark, and no way leads to one', async () => {
  const { screen, bridge, id } = await openSheet(
    (id) => encounterView(id, 'open', { ratings: allRated, globalRating: 'pass' }),
    { 'handover.begin': ({ encounterId }) => spSession(encounterId) },
  )
  bridge.answer({
    'sp.open': {
      encounterId: id,
      stationNumber: 3,
      stationTitle: 'A bereavement visit',
      candidateNumber: '1017',
      heavy: true,
      answers: [],
      comment: '',
      confirmation: null,
      status: 'open',
      closed: false,
    },
    'handover.end': examinerSession(),
  })
  await handOver(screen, '4711')
  expect(bridge.inputsOf('handover.begin')).toEqual([{ encounterId: id, returnCode: '4711', spId: 'sp-1' }])
  await eventually(() => expect(screen.text()).toContain('How was it for you'))
  expect(screen.router.currentRoute.value.name).toBe('sp-form')
  for (const { title } of items) expect(screen.text()).not.toContain(title)
  expect(screen.text()).not.toContain('marks on disk')
  await screen.router.push({ name: 'encounter', params: { encounterId: id } })
  expect(screen.router.currentRoute.value.name).toBe('sp-form')

  await screen.press('Give the device back')
  await screen.fill('Examiner’s return code', '4711')
  await screen.press('Take it back')
  await eventually(() => expect(screen.router.currentRoute.value.name).toBe('encounter'))
  await screen.settle()
  expect(row(items[0]?.title ?? '').chosen).toBe('4')
})

test('the one SP of the station is named', async () => {
  const { screen } = await openSheet()
  await openHandOver(screen)
  expect(screen.text()).toContain('The form is recorded as that of Robin Specimen')
})

test('of several SPs the examiner says who takes the device', async () => {
  const sps = encounterView(freshEncounterId()).sps
  const second = { id: personIdSchema.parse('sp-2'), name: 'Kim Second' }
  const { screen, bridge } = await openSheet((id) => ({ ...encounterView(id), sps: [...sps, second] }), {
    'handover.begin': refused('storage-full'),
  })
  await handOver(screen, '4711')
  expect(bridge.inputsOf('handover.begin')).toEqual([])
  await screen.fill('Who takes it?', 'sp-2')
  await screen.press('Hand over')
  expect(bridge.inputsOf('handover.begin')).toMatchObject([{ spId: 'sp-2' }])
})

test('the return code is asked for once and remembered while the window is open', async () => {
  const { screen, bridge } = await openSheet(undefined, { 'handover.begin': refused('storage-full') })
  await handOver(screen, '2468')
  await screen.press('Cancel')
  await openHandOver(screen)
  expect(screen.has('Your return code')).toBe(false)
  await screen.press('Hand over')
  expect(bridge.inputsOf('handover.begin')).toMatchObject([{ returnCode: '2468' }, { returnCode: '2468' }])
})
