/**
 * Schemas of what gt reads from files and from other programs: the parts of valibot that gt uses, and what gt adds to
 * them. A plugin that imports them from here needs no package of its own for it.
 */

// What the declarations of schemas name, so that whoever exports one needs no valibot for its types either.
export type {
  CheckAction,
  OptionalSchema,
  SchemaWithFallback,
  SchemaWithPipe,
  StringSchema,
  TransformAction,
  UnionSchema,
} from 'valibot'
export {
  type BaseIssue,
  boolean,
  check,
  exactOptional,
  fallback,
  type GenericSchema,
  type InferOutput,
  literal,
  minValue,
  nullable,
  nullish,
  optional,
  picklist,
  pipe,
  readonly,
  regex,
  safeParse,
  transform,
  tupleWithRest,
  union,
  unknown,
} from 'valibot'
export * from './json.js'
