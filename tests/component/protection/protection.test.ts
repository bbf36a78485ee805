import { describe, expect, it } from 'vitest'
import type { Component } from 'vue'
import App from '#renderer/App.vue'
import { useExamsStore } from '#renderer/use-exams-store.ts'
import PassphrasePanel from '#renderer/features/backups/PassphrasePanel.vue'
import ProtectOffer from '#renderer/protection/ProtectOffer.vue'
import UnlockScreen from '#renderer/protection/UnlockScreen.vue'
import { fakeBridge, refused, type Answers } from '#tests/support/fake-bridge.ts'
import { openScreen } from '#tests/support/screen.ts'

const PASSPHRASE = 'an owl reads at night'
const KEY = 'ABCDE-FGHJK-LMNPQ-RSTUV-WXYZ2'
const PLAIN = '/data/backups/attune-1.db'

async function open(component: Component, answers: Answers = {}) {
  const bridge = fakeBridge(answers)
  return { bridge, screen: await openScreen(component, { bridge }) }
}

describe('the first screen of an encrypted folder', () => {
  it('takes the place of everything until the passphrase is given', async () => {
    const bridge = fakeBridge({ 'exam.list': refused('data-locked'), 'session.get': refused('data-locked') })
    const screen = await openScreen(App, { bridge })
    await useExamsStore().load()
    await screen.settle()
    expect(screen.text()).toContain('Enter the passphrase')
    expect(screen.text()).not.toContain('Welcome')
  })

  it('asks for the passphrase, and of a wrong one says so and asks again', async () => {
    const { bridge, screen } = await open(UnlockScreen, { 'data.unlock': refused('wrong-passphrase') })
    await screen.fill('Passphrase', 'no owl at all')
    await screen.press('Open')
    expect(screen.text()).toContain('That is not the passphrase of this data.')
    bridge.answer({ 'data.unlock': {} })
    await screen.fill('Passphrase', PASSPHRASE)
    await screen.press('Open')
    expect(bridge.inputsOf('data.unlock')).toEqual([{ passphrase: 'no owl at all' }, { passphrase: PASSPHRASE }])
  })

  it('shows what is typed to whoever wants to see it', async () => {
    const { screen } = await open(UnlockScreen)
    expect(screen.find('Passphrase').getAttribute('type')).toBe('password')
    await screen.press('Show what is typed')
    expect(screen.find('Passphrase').getAttribute('type')).toBe('text')
  })

  it('takes the recovery key instead, with a new passphrase', async () => {
    const { bridge, screen } = await open(UnlockScreen, { 'data.unlock': {} })
    await screen.press('Use the recovery key instead')
    expect(document.activeElement).toBe(screen.find('Recovery key of the data'))
    await screen.fill('Recovery key of the data', KEY)
    await screen.fill('New passphrase', 'too short')
    await screen.press('Set the passphrase and open')
    expect(screen.text()).toContain('Twelve characters or more.')
    expect(bridge.inputsOf('data.unlock')).toEqual([])
    await screen.fill('New passphrase', PASSPHRASE)
    await screen.fill('The same passphrase again', PASSPHRASE)
    await screen.press('Set the passphrase and open')
    expect(bridge.inputsOf('data.unlock')).toEqual([{ recoveryKey: KEY, newPassphrase: PASSPHRASE }])
  })
})

describe('the offer at set-up', () => {
  const offered = { 'data.state': { state: 'plain', offered: true } } as const

  it('encrypts only once the recovery key is on paper', async () => {
    const { bridge, screen } = await open(ProtectOffer, {
      ...offered,
      'data.prepare': { recoveryKey: KEY },
      'data.encrypt': {},
    })
    expect(screen.text()).toContain('If the passphrase and its recovery key are both lost, everything is lost.')
    await screen.press('Choose a passphrase')
    await screen.fill('New passphrase', PASSPHRASE)
    await screen.fill('The same passphrase again', PASSPHRASE)
    await screen.press('Go on to the recovery key')
    expect(screen.text()).toContain(KEY)
    await screen.fill('The last five letters and digits', 'ABCDE')
    await screen.press('It is on paper')
    expect(bridge.inputsOf('data.encrypt')).toEqual([])
    await screen.fill('The last five letters and digits', 'wxyz2')
    await screen.press('It is on paper')
    expect(bridge.inputsOf('data.encrypt')).toEqual([{}])
  })

  it('is not made where somebody has begun', async () => {
    const { screen } = await open(ProtectOffer, { 'data.state': { state: 'plain', offered: false } })
    expect(screen.text()).not.toContain('Protect the data')
  })
})

describe('the passphrase under Data & backups', () => {
  const encrypted: Answers = { 'data.state': { state: 'protected', offered: false }, 'data.leftInPlain': [] }

  it('is changed by whoever knows it, and says where the second folder did not hear of it', async () => {
    const { bridge, screen } = await open(PassphrasePanel, {
      ...encrypted,
      'data.changePassphrase': refused('wrong-passphrase'),
    })
    await screen.press('Change the passphrase')
    await screen.fill('Present passphrase', 'no owl at all')
    await screen.fill('New passphrase', PASSPHRASE)
    await screen.fill('The same passphrase again', PASSPHRASE)
    await screen.press('Change it')
    expect(screen.text()).toContain('That is not the passphrase of this data.')
    bridge.answer({ 'data.changePassphrase': { second: 'failed' } })
    await screen.press('Change it')
    expect(screen.has('Present passphrase')).toBe(false)
  })

  it('names what is left in plain, and deletes it once that is confirmed', async () => {
    const { bridge, screen } = await open(PassphrasePanel, {
      ...encrypted,
      'data.leftInPlain': [PLAIN],
      'data.removePlain': [],
    })
    expect(screen.text()).toContain(PLAIN)
    await screen.press('Delete them')
    expect(bridge.inputsOf('data.removePlain')).toEqual([])
    expect(screen.text()).toContain('Delete one file?')
  })

  it('offers it where the data is in plain', async () => {
    const { screen } = await open(PassphrasePanel, { 'data.state': { state: 'plain', offered: false } })
    expect(screen.text()).toContain('The data folder is not encrypted.')
    await screen.press('Protect with a passphrase')
    expect(screen.text()).toContain('Choose a passphrase')
  })
})
