// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! The clock `performance.now()` and the timer `setTimeout`, with the names and the meaning that they have
//! in `tokio`.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use gloo_timers::future::TimeoutFuture;
use send_wrapper::SendWrapper;

pub(crate) use web_time::Instant;

/// The longest that one timer can wait: JavaScript counts milliseconds in 31 bits, and takes what is more
/// for nothing.
const LONGEST: Duration = Duration::from_millis(0x7fff_ffff);

/// A wait that goes on.
pub(crate) struct Sleep {
    /// `None` is never.
    end: Option<Instant>,
    /// Made once somebody waits, because most time limits never do. A timer is of the thread that made it.
    timer: Option<SendWrapper<TimeoutFuture>>,
}

/// That a time has passed.
pub(crate) struct Elapsed;

/// Waits for so long.
pub(crate) fn sleep(length: Duration) -> Sleep {
    Sleep { end: Instant::now().checked_add(length), timer: None }
}

/// Waits until then.
pub(crate) fn sleep_until(end: Instant) -> Sleep {
    Sleep { end: Some(end), timer: None }
}

/// What the future gives, if it does so before the time has come.
pub(crate) async fn timeout_at<F: Future>(end: Instant, future: F) -> Result<F::Output, Elapsed> {
    let mut future = pin!(future);
    let mut wait = sleep_until(end);
    let either = poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Ok(output)),
        Poll::Pending => Pin::new(&mut wait).poll(context).map(|()| Err(Elapsed)),
    });
    either.await
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        loop {
            let left = self.end.map(|end| end.saturating_duration_since(Instant::now()));
            if left.is_some_and(|left| left.is_zero()) {
                self.timer = None;
                return Poll::Ready(());
            }
            let timer = self.timer.get_or_insert_with(|| {
                let left = left.unwrap_or(LONGEST).min(LONGEST);
                let millis = u32::try_from(left.as_micros().div_ceil(1000)).unwrap_or(u32::MAX);
                SendWrapper::new(TimeoutFuture::new(millis))
            });
            ready!(Pin::new(timer).poll(context));
            // Timers may come early, and the wait may be longer than one timer: the clock decides.
            self.timer = None;
        }
    }
}
