import {createInterface} from 'node:readline'

interface Terminal {
  input: NodeJS.ReadableStream
  output: NodeJS.WritableStream
}

/**
 * Asks a question that the user answers with yes or no. Every answer but `y` or `yes` is a no, and so are Ctrl-C and
 * Ctrl-D. The question is shown on stderr, because stdout is for the result.
 */
export function askYesNo(
  question: string,
  {input, output}: Terminal = {input: process.stdin, output: process.stderr},
): Promise<boolean> {
  const lines = createInterface({input, output})
  return new Promise((resolve) => {
    const giveUp = () => {
      // What is printed next must not stand behind the question.
      output.write('\n')
      resolve(false)
    }
    lines.once('close', giveUp)
    lines.question(`${question} [y/N] `, (answer) => {
      lines.off('close', giveUp)
      lines.close()
      resolve(/^y(es)?$/i.test(answer.trim()))
    })
  })
}
