import type { ErrorCode, ErrorParams } from '#shared/contract/result.ts'

type Sentence = string | ((params: ErrorParams) => string)

/**
 * English for a person who looks at a terminal or at a start-up dialog: what happened, what it means for the data,
 * what to do. The screens have their own sentences in their locale.
 */
const sentences: Record<ErrorCode, Sentence> = {
  'unknown-channel': ({ channel }) => `There is no call named ${quoted(channel, 'that')}; nothing was changed.`,
  'host-unreachable': 'Attune does not answer; start it again and open the address that it prints.',
  'no-token': 'The address lacks the token of this start; open the address that Attune printed when it started.',
  'bad-input': ({ field, problem }) =>
    `The input is not valid${field ? ` at "${field}"` : ''}${problem ? ` (${problem})` : ''}; nothing was changed.`,
  'bad-output': 'Attune could not put its answer together; the data is unchanged, and the log names the call.',
  forbidden: 'This role may not do that; choose another role first. Nothing was changed.',
  'not-assigned':
    'This person is not assigned to that station; assign them under People in the set-up first. Nothing was changed.',
  'handed-over': 'The device is handed over to the standardized patient; give it back with the return code first.',
  'wrong-return-code': 'That is not the return code; ask the examiner who handed the device over.',
  'not-found': 'What was asked for is not there; it may have been removed in the meantime.',
  'unknown-exam': ({ exam }) =>
    `There is no exam ${quoted(exam, 'with this id')} in this data folder; "exam list" names those that exist.`,
  'unknown-candidate': ({ candidate }) =>
    `There is no candidate ${quoted(candidate, 'with this number')} in this exam; check the number.`,
  'unknown-rubric': ({ rubric }) =>
    `There is no rubric ${quoted(rubric, 'with this id')} in this data folder; choose one that is listed.`,
  'duplicate-candidate-number': ({ number }) =>
    `Candidate number ${quoted(number, 'given')} is already taken in this exam; give each candidate a number of their own.`,
  'exam-has-marks':
    'This exam already holds marks, so this can no longer be changed; save the exam as a file and import that as a new exam.',
  'candidate-has-marks': ({ number }) =>
    `Candidate ${quoted(number, 'chosen')} was seen at a station already and stays in the list; declare the absence at the encounters that are left. Nothing was changed.`,
  'person-has-marks': ({ name }) =>
    `${quoted(name, 'This person')} gave marks in this exam and stays in the list with that role; take the stations away instead. Nothing was changed.`,
  'too-many-stations': ({ max }) => tooMany(max, 'stations'),
  'too-many-candidates': ({ max }) => tooMany(max, 'candidates'),
  'too-many-people': ({ max }) => tooMany(max, 'examiners and standardized patients'),
  'exam-not-ready': 'The exam is not ready to run yet; complete what its set-up lists as missing.',
  'exam-closed': 'The exam is closed; reopen it before anything is changed in it.',
  'rubric-in-use': 'This rubric is used by an exam and stays as it is; duplicate it and change the copy.',
  'rubric-invalid': ({ line, column, problem }) =>
    `The rubric is not valid${line === undefined ? '' : ` at line ${line}${column === undefined ? '' : `, column ${column}`}`}` +
    `${problem ? `: ${problem}` : ''}. Mend the file and try again; nothing was changed.`,
  'identity-not-confirmed': "Confirm the candidate's identity before the encounter begins.",
  'confirmation-withdrawn':
    'The confirmation of the candidate under which this was marked was taken back; it was not recorded.',
  'encounter-closed': 'This encounter is submitted and closed; the mark was not changed.',
  'encounter-not-open': 'This encounter has not begun yet; open it first.',
  'encounter-begun':
    "The candidate's identity is confirmed at this encounter; take the confirmation back before you declare anybody absent.",
  'encounter-has-marks':
    'Marks stand in this encounter, so its confirmation stays; take the marks back first. Nothing was changed.',
  'value-outside-scale': ({ value, max }) =>
    `The value${value === undefined ? '' : ` ${value}`} lies outside the scale${max === undefined ? '' : `, which ends at ${max}`}; nothing was recorded.`,
  'unknown-item': 'The rubric of this encounter has no such item; nothing was recorded.',
  'items-missing': 'Some items have no rating yet; rate them, or declare them missing with a reason.',
  'global-rating-missing': 'The global rating is still to be given.',
  'too-few-answers': 'Too few statements are answered; at least four are needed.',
  'reviewer-raised-flag':
    'A red flag is reviewed by a second person, not by the one who raised it; ask somebody else to look at it. Nothing was changed.',
  'clock-refused': 'The station clock cannot do that in its present phase.',
  'file-not-utf8': ({ line, text }) =>
    `The file is not UTF-8 text${line === undefined ? '' : ` (line ${line} would read ${quoted(text, '')})`}; save it again as "CSV UTF-8" and try once more. Nothing was changed.`,
  'list-quote-open': ({ line }) =>
    `A quotation mark is opened${line === undefined ? '' : ` in line ${line}`} and never closed; close it, or take it out, and try again. Nothing was changed.`,
  'file-column-missing': ({ column }) =>
    `The file has no column ${quoted(column, 'that is needed')}; add it to the first row and try again. Nothing was changed.`,
  'file-too-large': ({ limitMb }) =>
    `The file is too large${limitMb === undefined ? '' : ` (the limit is ${limitMb} MB)`}; nothing was changed.`,
  'file-too-many-rows': ({ max }) =>
    `The file has too many rows${max === undefined ? '' : ` (the limit is ${max})`}; split it and try again. Nothing was changed.`,
  'file-empty': 'The file is empty; nothing was changed.',
  'file-unreadable':
    'The file cannot be read; check that it is still there and that you may open it. Nothing was changed.',
  'file-not-a-workbook':
    'The file is not an Excel workbook (.xlsx); save it as one, or as CSV UTF-8. Nothing was changed.',
  'file-not-an-exam': 'The file is not an exam exported by Attune; nothing was changed.',
  'exam-file-invalid': ({ field, problem }) =>
    `The exam file is not valid${field ? ` at "${field}"` : ''}${problem ? ` (${problem})` : ''}; export the exam again where it was made. Nothing was changed.`,
  'exam-file-newer': 'The exam file was made with a newer Attune; install that first. Nothing was changed.',
  'preview-expired': 'The preview is no longer kept; choose the file again. Nothing was changed.',
  'job-not-found': 'That job is no longer known; it has ended.',
  'report-failed': 'The report could not be made; the marks are unchanged.',
  'file-write-failed': ({ file }) =>
    `The file ${quoted(file, 'chosen')} could not be written; check that the folder exists, may be written to and has room. The data is unchanged.`,
  'storage-full': ({ folder }) =>
    `The disk is full${at(folder)}; what was saved is kept. Free some space and try again.`,
  'storage-read-only': ({ folder }) =>
    `The data folder${at(folder)} cannot be written to; nothing was changed. Give yourself the right to write there, or name another folder with --data.`,
  'storage-locked': ({ folder }) =>
    `The database${at(folder)} is locked by another program, such as a backup or a virus scan; nothing was changed. Wait a moment and try again.`,
  'storage-failed': ({ folder, problem }) =>
    `The data folder${at(folder)} cannot be used${problem ? ` (${problem})` : ''}; what was saved is left as it was. Check the disk and the path, and start again.`,
  'database-missing': ({ folder, left, backup }) => {
    if (left === undefined)
      return `There is no database of Attune${at(folder)}; nothing was made. Check the path that you gave with --data.`
    const log = 'the log of its last marks (attune.db-wal)'
    const there = left === 'log' ? `${log} is` : left === 'backups' ? 'its backups are' : `its backups and ${log} are`
    const advice = [...(left === 'backups' ? [] : [logAdvice]), ...(left === 'log' ? [] : [backupAdvice(backup)])]
    return `The database attune.db${at(folder)} is gone or empty, but ${there} still there; nothing was made or changed. ${advice.join(' Where it cannot be found: ')}`
  },
  'database-newer': ({ version, newest, folder }) =>
    `The database${at(folder)} was made by a newer Attune${version === undefined ? '' : ` (its version is ${version}, this one knows ${newest ?? 'less'})`}; it was left as it is. Install the newer Attune, or name another folder with --data.`,
  'database-older': ({ folder }) =>
    `The database${at(folder)} was last opened by an older Attune, and this command only reads; open the folder once with the app, then try again. Nothing was changed.`,
  'database-corrupt': ({ folder, backup }) =>
    `The database${at(folder)} is damaged; it was left as it is, and it must not be deleted. ${backupAdvice(backup)}`,
  'database-not-attune': ({ folder, backup }) =>
    `The file attune.db${at(folder)} is not a database of Attune; it was left as it is. ${backupAdvice(backup)}`,
  'folder-in-use': ({ host, pid, since, folder }) =>
    `The data folder${at(folder)} is in use by ${hostName(host)}${pid === undefined ? '' : ` (process ${pid}${sinceWhen(since)})`}; nothing was changed. Close that first, or name another folder with --data.`,
  'port-in-use': ({ port }) =>
    `The port${port === undefined ? '' : ` ${port}`} cannot be used: another program has it, or the system keeps it for itself. Choose another with --port, or leave --port away to get a free one.`,
  cancelled: 'Cancelled; what was finished before is kept.',
  internal: 'Something went wrong inside Attune; the marks that were saved are kept, and the log says where it failed.',
}

/** What a code means, for the command line, the web host's terminal and Electron's error dialog. */
export function sentenceFor(code: ErrorCode, params: ErrorParams = {}): string {
  const sentence = sentences[code]
  return typeof sentence === 'string' ? sentence : sentence(params)
}

type Param = string | number | undefined

const quoted = (value: Param, otherwise: string): string => (value === undefined ? otherwise : `"${value}"`)

const tooMany = (max: Param, what: string): string =>
  `The exam has as many ${what} as it can hold${max === undefined ? '' : ` (${max})`}; make a second exam for more. Nothing was changed.`

const at = (folder: Param): string => (folder === undefined ? '' : ` (${folder})`)

/** A log fits only the file it was written beside: with an older copy of it the two would be damaged. */
const logAdvice =
  'Keep a copy of the whole folder; look for the attune.db that belongs to the log (moved, renamed or in the bin), put it back and start again. Put no older copy beside the log, and to begin anew name another folder with --data.'

const backupAdvice = (backup: Param): string =>
  backup === undefined
    ? 'Keep a copy of the whole folder, and start with another one by --data.'
    : `The newest backup is ${backup}: keep a copy of the whole folder, put that backup in another folder under the name attune.db, and start with that folder by --data.`

function hostName(host: Param): string {
  if (host === 'electron') return 'the Attune app'
  if (host === 'web') return 'Attune in the browser'
  if (host === 'cli') return 'a command of Attune'
  return 'another Attune'
}

function sinceWhen(since: Param): string {
  if (since === undefined) return ''
  return `, since ${new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(since))}`
}
