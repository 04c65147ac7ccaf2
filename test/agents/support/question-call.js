const question = 'Which way shall I go?'
const options = [
  {label: 'Left', description: 'The way to the left'},
  {label: 'Right', description: 'The way to the right'},
]

const calls = {
  AskUserQuestion: {questions: [{question, header: 'Way', multiSelect: false, options}]},
  question: {questions: [{question, header: 'Way', options}]},
  ask_user: {questions: [{question, header: 'Way', type: 'choice', options}]},
  request_user_input: {questions: [{id: 'way', question, header: 'Way', options}]},
}

/** A call of the tool with which the agent puts a question to its user; undefined where it has none. */
export function questionCall(tools) {
  const name = Object.keys(calls).find((tool) => tools.includes(tool))
  return name && {name, input: calls[name]}
}
