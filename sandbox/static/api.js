const BASE = "/sandbox/page/";

export async function get(what, query) {
  const response = await fetch(`${BASE}${what}?${new URLSearchParams(query)}`, { cache: "no-store" });
  if (!response.ok) throw new Error(`${what}: ${response.status}`);
  return response.json();
}

export async function post(what, body) {
  try {
    const response = await fetch(BASE + what, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    return await response.json();
  } catch {
    return { ok: false, error: "the sandbox does not answer" };
  }
}
