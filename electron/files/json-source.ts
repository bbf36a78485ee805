import { findNodeAtLocation, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser'
import { wholeData } from '#electron/base/plain-data.ts'

/** A fault in a JSON text: `line` counts from 1, `problem` is a phrase a person can act on. */
export class JsonSourceError extends Error {
  readonly line: number
  readonly problem: string

  constructor(line: number, problem: string) {
    super(`line ${line}: ${problem}`)
    this.name = 'JsonSourceError'
    this.line = line
    this.problem = problem
  }
}

export type JsonPath = (string | number)[]

/** A parsed JSON text that still knows on which line each value was written. */
export interface JsonSource {
  readonly value: unknown
  /** Line (from 1) of the field or entry at `path`; of its nearest ancestor where the text has no such thing. */
  lineOf(path: JsonPath): number
}

const MAX_CHARACTERS = 1_000_000

/**
 * Reads strict JSON (no comments, no trailing commas, no field twice in one object; a byte order mark is allowed).
 *
 * @throws JsonSourceError with the line of the first fault.
 */
export function parseJsonSource(input: string): JsonSource {
  const text = input.startsWith('\uFEFF') ? input.slice(1) : input
  if (text.trim() === '') throw new JsonSourceError(1, 'the file is empty')
  if (text.length > MAX_CHARACTERS) {
    throw new JsonSourceError(1, `the file is too long: more than ${MAX_CHARACTERS} characters`)
  }
  const root = treeOf(text)
  refuseRepeatedFields(root, text)
  return {
    value: wholeData(JSON.parse(text)),
    lineOf(path) {
      for (let depth = path.length; depth > 0; depth -= 1) {
        const node = findNodeAtLocation(root, path.slice(0, depth))
        if (node) return lineAt(text, (node.parent?.type === 'property' ? node.parent : node).offset)
      }
      return lineAt(text, root.offset)
    },
  }
}

function treeOf(text: string): Node {
  const errors: ParseError[] = []
  let root: Node | undefined
  try {
    root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false })
  } catch (error) {
    // The parser descends recursively: thousands of nested brackets exhaust the stack.
    if (error instanceof RangeError) throw new JsonSourceError(1, 'the brackets are nested too deeply')
    throw error
  }
  const first = errors[0]
  if (first) throw new JsonSourceError(lineAt(text, first.offset), syntaxProblem(first, text))
  if (!root) throw new JsonSourceError(1, 'the file is empty')
  return root
}

function syntaxProblem(error: ParseError, text: string): string {
  const found = text.slice(error.offset, error.offset + Math.min(error.length, 20)).trim()
  switch (printParseErrorCode(error.error)) {
    case 'CommaExpected':
      return 'a comma is missing before this place'
    case 'ColonExpected':
      return 'a colon is missing between a field name and its value'
    case 'PropertyNameExpected':
      return 'a field name in double quotes should stand here; is there a comma too many before it?'
    case 'ValueExpected':
      return 'a value should stand here; is there a comma too many before it?'
    case 'CloseBraceExpected':
      return 'the file ends before an object is closed with }'
    case 'CloseBracketExpected':
      return 'the file ends before a list is closed with ]'
    case 'EndOfFileExpected':
      return 'there is more text after the end of the JSON value'
    case 'InvalidCommentToken':
    case 'UnexpectedEndOfComment':
      return 'comments are not allowed in this file'
    case 'UnexpectedEndOfString':
      return 'a text is not closed with a double quote on its line'
    case 'InvalidCharacter':
      return 'a text contains a tab or another control character; write it as an escape such as \\t'
    case 'InvalidUnicode':
    case 'InvalidEscapeCharacter':
      return 'a backslash in a text is not followed by a valid escape; write \\\\ for a backslash itself'
    default:
      return `"${found}" is not valid JSON`
  }
}

function refuseRepeatedFields(root: Node, text: string): void {
  const open = [root]
  for (let node = open.pop(); node; node = open.pop()) {
    const children = node.children ?? []
    if (node.type === 'object') {
      const seen = new Set<string>()
      for (const property of children) {
        const name = String(property.children?.[0]?.value)
        if (seen.has(name)) {
          throw new JsonSourceError(
            lineAt(text, property.offset),
            `the field "${name}" stands twice in the same object; keep one of them`,
          )
        }
        seen.add(name)
      }
    }
    // Last child first, so that the stack is emptied in reading order and the first repetition is the one reported.
    open.push(...children.toReversed())
  }
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n|\r|\n/).length
}
