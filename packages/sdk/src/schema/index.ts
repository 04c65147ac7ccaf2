/**
 * Schemas for input from files and other programs: the parts of valibot that gt uses, and gt's additions. A plugin that
 * imports them from here needs no dependency on valibot.
 */

// Types in the declarations of schemas, so that exporting a schema needs no dependency on valibot either.
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
  tuple,
  tupleWithRest,
  union,
  unknown,
} from 'valibot'
export * from './json.js'
