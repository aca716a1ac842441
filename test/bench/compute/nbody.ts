const STEPS = 2_000_000;
const SOLAR_MASS = 4.0 * Math.PI * Math.PI;
const DAYS = 365.24;

class Body {
  x: f64 = 0;
  y: f64 = 0;
  z: f64 = 0;
  vx: f64 = 0;
  vy: f64 = 0;
  vz: f64 = 0;
  mass: f64 = 0;

  set(x: f64, y: f64, z: f64, vx: f64, vy: f64, vz: f64, mass: f64): void {
    this.x = x;
    this.y = y;
    this.z = z;
    this.vx = vx * DAYS;
    this.vy = vy * DAYS;
    this.vz = vz * DAYS;
    this.mass = mass * SOLAR_MASS;
  }
}

/** The sun and the four large planets. */
const bodies: StaticArray<Body> = [new Body(), new Body(), new Body(), new Body(), new Body()];

function reset(): void {
  bodies[0].set(0, 0, 0, 0, 0, 0, 1);
  bodies[1].set(4.84143144246472, -1.16032004402743, -0.103622044471123, 0.00166007664274404, 0.00769901118419741, -0.0000690460016972063, 0.000954791938424327);
  bodies[2].set(8.34336671824458, 4.1247985641243, -0.403523417114321, -0.0027674251072687, 0.00499852801234917, 0.0000230417297573764, 0.000285885980666131);
  bodies[3].set(12.8943695621391, -15.1111514016986, -0.223307578892656, 0.00296460137564762, 0.0023784717395948, -0.0000296589568540238, 0.0000436624404335156);
  bodies[4].set(15.3796971148509, -25.9193146099879, 0.179258772950371, 0.00268067772490389, 0.00162824170038242, -0.000095159225451972, 0.0000515138902046611);
}

function advance(step: f64): void {
  for (let i = 0; i < 5; i++) {
    const one = unchecked(bodies[i]);
    for (let j = i + 1; j < 5; j++) {
      const other = unchecked(bodies[j]);
      const dx = one.x - other.x;
      const dy = one.y - other.y;
      const dz = one.z - other.z;
      const square = dx * dx + dy * dy + dz * dz;
      const force = step / (square * Math.sqrt(square));
      one.vx -= dx * other.mass * force;
      one.vy -= dy * other.mass * force;
      one.vz -= dz * other.mass * force;
      other.vx += dx * one.mass * force;
      other.vy += dy * one.mass * force;
      other.vz += dz * one.mass * force;
    }
  }
  for (let i = 0; i < 5; i++) {
    const one = unchecked(bodies[i]);
    one.x += step * one.vx;
    one.y += step * one.vy;
    one.z += step * one.vz;
  }
}

/** The bits of the first planet's place after two million steps. */
export function nbody(): u64 {
  reset();
  for (let i = 0; i < STEPS; i++) advance(0.01);
  return reinterpret<u64>(bodies[1].x);
}
