// What the server knows. Addresses are relative to the page, and so carry its token.

export class ApiError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** Asks for one document. What is empty is left out of the query. */
export async function ask(path, query, signal) {
  let response;
  try {
    response = await fetch(address(path, query), { signal, headers: { Accept: "application/json" } });
  } catch (failure) {
    if (failure.name === "AbortError") {
      throw failure;
    }

    throw new ApiError("gone", "The explorer does not answer. It ends with the program: is “baton explorer” still running in its terminal?");
  }

  const body = await response.json().catch(() => null);
  if (!response.ok) {
    throw new ApiError(body?.error?.code ?? "failed", body?.error?.message ?? `The server answered ${response.status}.`);
  }

  return body;
}

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
