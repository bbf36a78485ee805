import type { Input, Output } from '#shared/contract/contract.ts'
import { AttuneError } from '#shared/contract/result.ts'
import { analyseExam, type ExamRule } from '#shared/measurement/analysis/exam-analysis.ts'
import { markedExaminers } from '#shared/measurement/analysis/examiner-measures.ts'
import { fileMeasures, type FileMeasures } from '#shared/measurement/analysis/file-analysis.ts'
import type { MarksColumns } from '#shared/measurement/data/marks-columns.ts'
import { readMarksTable, type ReadMarks } from '#shared/measurement/data/marks-table.ts'
import type { Mark } from '#shared/measurement/mark.ts'
import { MAX_MARK_ROWS, readTable } from '#electron/files/list-file.ts'
import { readListWorkbook } from '#electron/files/list-workbook.ts'

type Look = Input<'analysis.readFile'>

/** Problems that are told one by one: a column in another format makes thousands. */
const TOLD = 100

/** What is in a file of marks. Throws as `readTable` does. A module of its own: it brings the libraries of measurement. */
export async function lookAtMarks(asked: Look): Promise<Output<'analysis.readFile'>> {
  const { header, rows, columns, marks, problems, notes } = await marksOf(asked)
  const grades = marks.flatMap(({ grade }) => grade ?? [])
  const scores = marks.flatMap(({ score }) => score ?? [])
  return {
    header: header.map((name) => name.trim()),
    columns,
    rows,
    candidates: different(marks, ({ candidate }) => candidate).length,
    stations: different(marks, ({ station }) => station),
    examiners: different(marks, ({ examiner }) => examiner).length,
    scored: scores.length,
    missing: marks.length - scores.length,
    graded: grades.length,
    highest: scores.length === 0 ? null : scores.reduce((a, b) => Math.max(a, b)),
    grades:
      grades.length === 0 ? null : [grades.reduce((a, b) => Math.min(a, b)), grades.reduce((a, b) => Math.max(a, b))],
    problems: problems.slice(0, TOLD),
    problemCount: problems.length,
    notes: notes.slice(0, TOLD),
  }
}

/** The analysis of a file of marks. Throws as `readTable` does, and 'bad-input' where the file has a problem. */
export async function analyseMarksFile(asked: Input<'analysis.file'>): Promise<FileMeasures> {
  const { marks, rule } = await soundMarksOf(asked)
  return fileMeasures(marks, rule, { grades: asked.scale.grades, byGroup: asked.columns.group !== null })
}

/** How harsh its examiners were. Throws as `analyseMarksFile` does. */
export async function examinersOfMarksFile(
  asked: Input<'analysis.fileExaminers'>,
): Promise<Output<'analysis.fileExaminers'>> {
  const { marks, rule } = await soundMarksOf(asked)
  return markedExaminers(marks, analyseExam(marks, rule).stations)
}

async function soundMarksOf({ rule, ...asked }: Input<'analysis.file'>): Promise<{ marks: Mark[]; rule: ExamRule }> {
  const { marks, problems } = await marksOf(asked)
  if (problems.length > 0) throw new AttuneError('bad-input')
  return { marks, rule: { standard: { method: 'borderline-regression' }, highest: asked.scale.maxScore, ...rule } }
}

const GROUP = 'group'

type Asked = Pick<Look, 'upload' | 'scale'> & { columns: MarksColumns | null }

async function marksOf({
  upload,
  columns,
  scale,
}: Asked): Promise<ReadMarks & { header: readonly string[]; rows: number }> {
  const table = await readTable(upload, readListWorkbook, MAX_MARK_ROWS)
  // Nobody named a column of groups yet: one that is called so is recognised, to be corrected.
  const isGrouped = columns === null && table.header.some((name) => name.trim().toLowerCase() === GROUP)
  const read = readMarksTable(table, { ...scale, groupColumn: isGrouped ? GROUP : null }, columns)
  return { ...read, header: table.header, rows: table.rows.length }
}

const different = (marks: readonly Mark[], of: (mark: Mark) => string | null): string[] => [
  ...new Set(marks.flatMap((mark) => of(mark) ?? [])),
]
