-- wrk's requests: searches as a clinic's programs make them, for patients and observations that bench/record/load.mjs
-- loaded. How many patients there are comes as an argument.
local patients = 1000

function init(arguments)
  patients = tonumber(arguments[1])
  math.randomseed(tonumber(tostring({}):match('0x(%x+)'), 16) % 100000)
end

-- As load.mjs gives them.
local function birth_date(n)
  return os.date('!%Y-%m-%d', (n * 7919 % 29200) * 86400 - 1262304000)
end

function request()
  local n = math.random(0, patients - 1)
  local kind = math.random(1, 6)
  if kind == 1 then return wrk.format('GET', string.format('/fhir/Patient?identifier=https://example.org/load|p%d', n)) end
  if kind == 2 then
    local names = string.format('family=Family%03d&given=Given%03d', n % 1000, n % 389)
    return wrk.format('GET', '/fhir/Patient?' .. names .. '&_count=10')
  end
  if kind == 3 then
    local gender = n % 2 == 0 and 'female' or 'male'
    return wrk.format('GET', string.format('/fhir/Patient?birthdate=%s&gender=%s&_count=10', birth_date(n), gender))
  end
  if kind == 4 then
    return wrk.format('GET', string.format('/fhir/Observation?patient=Patient/p%d&_sort=-date&_count=10', n))
  end
  if kind == 5 then
    local code = string.format('code=https://example.org/load|angle-%d', n % 4)
    return wrk.format('GET', string.format('/fhir/Observation?subject=Patient/p%d&%s', n, code))
  end
  local subject = string.format('subject:Patient.identifier=p%d', n)
  return wrk.format('GET', '/fhir/Observation?' .. subject .. '&_include=Observation:subject&_count=10')
end

function done(summary, latency)
  local errors = summary.errors
  local result = 'RESULT {"requests":%d,"duration_us":%d,"p50_us":%d,"p99_us":%d,"http_errors":%d,"socket_errors":%d}\n'
  io.write(string.format(result,
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
