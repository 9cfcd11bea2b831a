const BASE = "/sandbox/page/";
const FAULTS = "/sandbox/faults";

export async function get(what, query) {
  const response = await fetch(`${BASE}${what}?${new URLSearchParams(query)}`, { cache: "no-store" });
  if (!response.ok) throw new Error(`${what}: ${response.status}`);
  return response.json();
}

export const post = (what, body) => sent("POST", BASE + what, body);

export async function getFaults() {
  const response = await fetch(FAULTS, { cache: "no-store" });
  return response.ok ? response.json() : null;
}

export const putFaults = (body) => sent("PUT", FAULTS, body);
export const postFault = (what, body) => sent("POST", `${FAULTS}/${what}`, body);

async function sent(method, address, body) {
  try {
    const response = await fetch(address, { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    return await response.json();
  } catch {
    return { ok: false, error: "the sandbox does not answer" };
  }
}
