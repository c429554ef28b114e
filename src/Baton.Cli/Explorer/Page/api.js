// What the server knows. Addresses are relative to the page, and so carry its token.

import { whileBusy } from "./busy.js";

export class ApiError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** Asks for one document. What is empty is left out of the query. */
export const ask = (path, query, signal) => whileBusy(request(path, query, signal));

async function request(path, query, signal) {
  let response;
  try {
    response = await fetch(address(path, query), { signal, headers: { Accept: "application/json" } });
  } catch (failure) {
    if (failure.name === "AbortError") {
      throw failure;
    }

    throw new ApiError("gone", "The explorer does not answer. It ends with the program: is “baton explorer” still running in its terminal?");
  }

  const body = await response.json().catch((failure) => {
    if (failure.name === "AbortError") {
      throw failure;
    }

    return null;
  });
  if (!response.ok || body === null) {
    throw new ApiError(body?.error?.code ?? "failed", body?.error?.message ?? withoutMessage[response.status] ?? `The server answered ${response.status}.`);
  }

  return body;
}

// What is refused before it gets to where the messages are made.
const withoutMessage = {
  200: "The answer broke off. Is “baton explorer” still running in its terminal?",
  403: "This page is of an earlier start of “baton explorer”. Open the address that it printed last; it changes with every start.",
  414: "That text is too long to look for.",
  431: "That text is too long to look for.",
};

/** The address of the same rows, all of them, as a file to keep. */
export function exportAddress(path, query, format) {
  const { offset, limit, ...filters } = query;
  return address(path, { ...filters, format });
}

function address(path, query) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== null && value !== undefined && value !== "") {
      parameters.set(name, value);
    }
  }

  const text = parameters.toString();
  return `api/${path}${text ? `?${text}` : ""}`;
}
