// Two stacks of smoltcp's over queues in memory, MTU 1500, checksums on: what ../stack/job.ts does with ours.

use smoltcp::iface::{Config, Interface, SocketHandle, SocketSet};
use smoltcp::phy::{Device, DeviceCapabilities, Medium, RxToken, TxToken};
use smoltcp::socket::tcp;
use smoltcp::time::Instant;
use smoltcp::wire::{EthernetAddress, IpAddress, IpCidr};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

const BULK: usize = 1 << 30;
const ROUNDS: usize = 300_000;
const PART: usize = 65_536;
const BUFFER: usize = 262_144;
const SLOTS: usize = 254;

/// Frames on their way, and buffers of those that have arrived.
#[derive(Default)]
struct Lane {
    frames: VecDeque<Vec<u8>>,
    spare: Vec<Vec<u8>>,
}

struct End {
    out: Rc<RefCell<Lane>>,
    into: Rc<RefCell<Lane>>,
}

struct Rx(Vec<u8>, Rc<RefCell<Lane>>);
struct Tx(Rc<RefCell<Lane>>);

impl RxToken for Rx {
    fn consume<R, F: FnOnce(&[u8]) -> R>(self, f: F) -> R {
        let result = f(&self.0);
        self.1.borrow_mut().spare.push(self.0);
        result
    }
}

impl TxToken for Tx {
    fn consume<R, F: FnOnce(&mut [u8]) -> R>(self, len: usize, f: F) -> R {
        let mut lane = self.0.borrow_mut();
        let mut frame = lane.spare.pop().unwrap_or_else(|| vec![0; 1514]);
        frame.resize(len, 0);
        let result = f(&mut frame);
        lane.frames.push_back(frame);
        result
    }
}

impl Device for End {
    type RxToken<'a> = Rx;
    type TxToken<'a> = Tx;

    fn receive(&mut self, _: Instant) -> Option<(Rx, Tx)> {
        let frame = self.into.borrow_mut().frames.pop_front()?;
        Some((Rx(frame, self.into.clone()), Tx(self.out.clone())))
    }

    fn transmit(&mut self, _: Instant) -> Option<Tx> {
        (self.out.borrow().frames.len() < SLOTS).then(|| Tx(self.out.clone()))
    }

    fn capabilities(&self) -> DeviceCapabilities {
        let mut capabilities = DeviceCapabilities::default();
        capabilities.medium = Medium::Ethernet;
        capabilities.max_transmission_unit = 1514;
        capabilities
    }
}

struct Host {
    device: End,
    interface: Interface,
    sockets: SocketSet<'static>,
    tcp: SocketHandle,
}

impl Host {
    fn new(mut device: End, number: u8) -> Host {
        let config = Config::new(EthernetAddress([2, 0, 0, 0, 0, number]).into());
        let mut interface = Interface::new(config, &mut device, Instant::now());
        interface.update_ip_addrs(|all| all.push(IpCidr::new(IpAddress::v4(10, 0, 0, number), 24)).unwrap());
        let buffer = || tcp::SocketBuffer::new(vec![0; BUFFER]);
        let mut socket = tcp::Socket::new(buffer(), buffer());
        socket.set_nagle_enabled(false);
        let mut sockets = SocketSet::new(vec![]);
        let tcp = sockets.add(socket);
        Host { device, interface, sockets, tcp }
    }

    /// Returns whether something had come.
    fn turn(&mut self, now: Instant) -> bool {
        let came = !self.device.into.borrow().frames.is_empty();
        self.interface.poll(now, &mut self.device, &mut self.sockets);
        came
    }

    fn socket(&mut self) -> &mut tcp::Socket<'static> {
        self.sockets.get_mut(self.tcp)
    }
}

/// The clock is read once for all that follows from each other.
fn turn(left: &mut Host, right: &mut Host) {
    let now = Instant::now();
    left.turn(now);
    while right.turn(now) && left.turn(now) {}
}

fn bulk(left: &mut Host, right: &mut Host, total: usize, data: &mut [u8]) -> f64 {
    let began = std::time::Instant::now();
    let (mut sent, mut got) = (0, 0);
    while got < total {
        if sent < total && left.socket().can_send() {
            sent += left.socket().send_slice(&data[..PART.min(total - sent)]).unwrap();
        }
        turn(left, right);
        while right.socket().can_recv() {
            got += right.socket().recv_slice(data).unwrap();
        }
    }
    total as f64 / began.elapsed().as_nanos() as f64
}

fn rounds(left: &mut Host, right: &mut Host, count: usize, data: &mut [u8]) -> f64 {
    let began = std::time::Instant::now();
    for _ in 0..count {
        left.socket().send_slice(&data[..64]).unwrap();
        while right.socket().recv_queue() < 64 {
            turn(left, right);
        }
        right.socket().recv_slice(&mut data[..64]).unwrap();
        right.socket().send_slice(&data[..64]).unwrap();
        while left.socket().recv_queue() < 64 {
            turn(left, right);
        }
        left.socket().recv_slice(&mut data[..64]).unwrap();
    }
    began.elapsed().as_nanos() as f64 / count as f64
}

fn main() {
    let (there, back) = (Rc::new(RefCell::new(Lane::default())), Rc::new(RefCell::new(Lane::default())));
    let mut left = Host::new(End { out: there.clone(), into: back.clone() }, 1);
    let mut right = Host::new(End { out: back, into: there }, 2);
    right.socket().listen(7).unwrap();
    let tcp = left.tcp;
    let context = left.interface.context();
    left.sockets.get_mut::<tcp::Socket>(tcp).connect(context, (IpAddress::v4(10, 0, 0, 2), 7), 50_000).unwrap();
    while !left.socket().may_send() || !right.socket().may_send() {
        turn(&mut left, &mut right);
    }
    let mut data = vec![0u8; PART];
    bulk(&mut left, &mut right, BULK >> 4, &mut data);
    println!("bulk-GB/s {}", bulk(&mut left, &mut right, BULK, &mut data));
    rounds(&mut left, &mut right, ROUNDS >> 3, &mut data);
    println!("round-ns {}", rounds(&mut left, &mut right, ROUNDS, &mut data));
}
