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
  if kind == 2 then return wrk.format('GET', string.format('/fhir/Patient?family=Family%03d&given=Given%03d&_count=10', n % 1000, n % 389)) end
  if kind == 3 then
    return wrk.format('GET', string.format('/fhir/Patient?birthdate=%s&gender=%s&_count=10', birth_date(n), n % 2 == 0 and 'female' or 'male'))
  end
  if kind == 4 then return wrk.format('GET', string.format('/fhir/Observation?patient=Patient/p%d&_sort=-date&_count=10', n)) end
  if kind == 5 then return wrk.format('GET', string.format('/fhir/Observation?subject=Patient/p%d&code=https://example.org/load|angle-%d', n, n % 4)) end
  return wrk.format('GET', string.format('/fhir/Observation?subject:Patient.identifier=p%d&_include=Observation:subject&_count=10', n))
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format('RESULT {"requests":%d,"duration_us":%d,"p50_us":%d,"p99_us":%d,"http_errors":%d,"socket_errors":%d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
