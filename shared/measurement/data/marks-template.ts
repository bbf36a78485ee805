import type { MarksLayout } from './marks-columns.ts'

/**
 * A table to begin from in each form: three candidates at two stations, every column that is read, and a missing mark. It
 * is read as it stands.
 */
export const marksTemplates: Readonly<
  Record<MarksLayout, { columns: readonly string[]; rows: readonly (readonly string[])[] }>
> = {
  long: {
    columns: ['candidate', 'station', 'examiner', 'score', 'grade', 'group'],
    rows: [
      ['1001', 'Breaking bad news', 'E1', '31', '4', 'A'],
      ['1001', 'Chest pain', 'E2', '24.5', '2', 'A'],
      ['1002', 'Breaking bad news', 'E1', '', '', 'A'],
      ['1002', 'Chest pain', 'E2', '33', '4', 'A'],
      ['1003', 'Breaking bad news', 'E3', '27', '3', 'B'],
      ['1003', 'Chest pain', 'E4', '29', '3', 'B'],
    ],
  },
  wide: {
    columns: [
      ...['candidate', 'group'],
      ...['Breaking bad news', 'Breaking bad news grade', 'Breaking bad news examiner'],
      ...['Chest pain', 'Chest pain grade', 'Chest pain examiner'],
    ],
    rows: [
      ['1001', 'A', '31', '4', 'E1', '24.5', '2', 'E2'],
      ['1002', 'A', '', '', 'E1', '33', '4', 'E2'],
      ['1003', 'B', '27', '3', 'E3', '29', '3', 'E4'],
    ],
  },
}
