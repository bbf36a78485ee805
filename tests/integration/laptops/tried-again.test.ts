import { expect, it } from 'vitest'
import { directorsLaptop, laptop, type TestLaptop } from '#tests/support/laptops.ts'
import { saidIn } from '#tests/support/audit-of.ts'

const fileOf = (content: string) => ({ name: 'a.attune-package', base64: Buffer.from(content).toString('base64') })
const tryPackage = (by: TestLaptop['director'], content: string) =>
  by.refusal('package.import', { upload: fileOf(content), code: 'ABCD-EFGH-JKLM' })
const refusals = async ({ director }: TestLaptop) =>
  (await saidIn(director)).filter((did) => /was refused a (package|bundle)/.test(did)).length

it('a file that is tried again and again is refused each time, and told to the audit once, a restart in between too', async () => {
  const director = await directorsLaptop()
  for (let time = 0; time < 3; time++) {
    expect(await tryPackage(director.director, 'no package')).toBe('file-not-sealed')
    const upload = fileOf('no bundle')
    expect(await director.director.refusal('bundle.import', { upload, trust: null })).not.toBe('taken')
  }
  expect(await refusals(director)).toBe(2)
  await director.services.shutdown()
  const again = await laptop({ dataDir: director.dataDir })
  await tryPackage(again.director, 'no package')
  expect(await refusals(again)).toBe(2)
  await tryPackage(again.director, 'another one')
  expect(await refusals(again)).toBe(3)
})

it('whoever has not signed in and goes on with ever other files fills no ledger', async () => {
  const station = await laptop()
  for (let file = 0; file < 40; file++) expect(await tryPackage(station.nobody, `${file}`)).toBe('file-not-sealed')
  expect(await refusals(station)).toBe(5)
})
