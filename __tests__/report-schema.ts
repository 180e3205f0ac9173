// Validates reports against docs/report.schema.json and docs/fleet-report.schema.json, strictly: a field that it does not describe is a fault.
import { Ajv2020 } from 'ajv/dist/2020.js';
import { read } from '../scripts/docs/workflows.ts';

type Schema = { properties?: Record<string, Schema>; items?: Schema; [key: string]: unknown };

/** The same schema without the freedom to add fields, which is for later versions. */
const strict = (schema: Schema): Schema => ({
  ...schema,
  ...(schema.items && { items: strict(schema.items) }),
  ...(schema.properties && {
    properties: Object.fromEntries(
      Object.entries(schema.properties).map(([name, each]) => [name, strict(each)]),
    ),
    additionalProperties: false,
  }),
});

export const schema: Schema = JSON.parse(read('docs/report.schema.json'));
export const fleetSchema: Schema = JSON.parse(read('docs/fleet-report.schema.json'));

const ajv = new Ajv2020({
  allErrors: true,
  allowUnionTypes: true,
  formats: { 'date-time': (text: string) => new Date(text).toISOString() === text },
});

/** Lists what is wrong with a report, as `/path message`. */
const faultsBy = (own: Schema) => {
  const validate = ajv.compile(strict(own));
  return (report: unknown): string[] => {
    validate(report);
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
};
export const faultsOfReport = faultsBy(schema);
export const faultsOfFleetReport = faultsBy(fleetSchema);
