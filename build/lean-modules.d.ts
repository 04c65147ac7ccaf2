export function leanModules(): {transform: {handler(code: string, id: string): {code: string}}}
