import { type InputFault, InvalidInputError } from '@live-mem/core';

/** Parameters by the names that the core has for them, where those are others than in snake case. */
const parameters: Readonly<Record<string, string>> = {
  space: 'space_id',
  spaces: 'space_ids',
  spacesAdd: 'space_ids_add',
  spacesRemove: 'space_ids_remove',
  backup: 'backup_id',
  hash: 'token_hash',
  agent: 'client_name',
};

/** An error as it is told to who called a tool with these parameters: faults of the input under the names they were given by. */
export function asCalled(error: unknown, shape: Readonly<Record<string, unknown>>): unknown {
  if (!(error instanceof InvalidInputError)) return error;
  return new InvalidInputError(
    error.faults.map((fault) => renamed(fault, shape)),
    { cause: error },
  );
}

function renamed(fault: InputFault, shape: Readonly<Record<string, unknown>>): InputFault {
  const [name = '', ...rest] = fault.at.split('.');
  const known = [name, parameters[name], name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
  const parameter = known.find((one) => one !== undefined && Object.hasOwn(shape, one));
  return parameter === undefined ? fault : { ...fault, at: [parameter, ...rest].join('.') };
}
