import { signInAsDirector } from '#tests/support/scoring-sheet.ts'
import { audit } from './audit.ts'
import { expect, test } from './fixtures.ts'

test.use({ data: 'demo' })

/** A candidate's score at a station of last year, out of 40, and the grade that went with it. */
const mark = (candidate: number, station: number) => {
  const grade = Math.min(5, 1 + Math.floor(candidate / 4) + ((candidate + station) % 2))
  return { score: 7 + 6 * grade + ((candidate + station) % 4), grade }
}
const stations = ['Breaking bad news', 'Chest pain', 'An angry relative', 'Consent']
const lastYear = [
  'Student,Station,Examiner,Points,Global rating',
  ...Array.from({ length: 18 }, (_, c) =>
    stations.map((station, s) => {
      const { score, grade } = mark(c, s)
      return `${2001 + c},${station},Examiner ${1 + ((c + s) % 3)},${score},${grade}`
    }),
  ).flat(),
]

test('a director analyses last year’s spreadsheet and compares it with the exam', async ({ page }) => {
  test.setTimeout(120_000)
  const choose = async (name: string, text: string) => {
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: /^Choose (a|another) file$/ }).click()
    await (await chooser).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
  }
  await page.getByRole('button', { name: 'Analysis' }).click()
  await signInAsDirector(page)
  await page.getByRole('button', { name: 'Compare with a spreadsheet' }).click()
  await expect(page.getByText('The file is read, not kept')).toBeVisible()
  await audit(page, 'a file to be chosen')

  await choose('broken.csv', [...lastYear, '2001,Consent,Examiner 9,"12,5",9'].join('\n'))
  await expect(page.getByText('Row 74, column “Points”: “12,5” has a comma')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Analyse', exact: true })).toBeDisabled()
  await audit(page, 'a file with problems')

  await choose('last-year.csv', lastYear.join('\n'))
  await expect(page.getByText('Nothing is wrong with the file')).toBeVisible()
  await page.getByLabel('Highest score of a station').fill('40')
  await page.getByRole('button', { name: 'Analyse', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Where is the cut, and how did candidates score?' })).toBeVisible()
  for (const part of ['Overview', 'Stations', 'Reliability', 'Examiners', 'Candidates']) {
    await page.getByRole('tab', { name: part }).click()
    await audit(page, `${part} of a file`)
  }
  await page.getByRole('tab', { name: 'Compare' }).click()
  const table = page.getByRole('table', { name: /^last-year\.csv and / })
  await expect(table.getByRole('row', { name: /^Candidates/ })).toHaveText(/^Candidates\s*18\s*24\s*6/)
  await expect(page.getByText('The file’s scale ends at 40, not at 100')).toBeVisible()
  await audit(page, 'Compare of a file')
})
