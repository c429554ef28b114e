using Baton.Testing.Grafana;
using Baton.Testing.Grafana.Faults;

namespace Baton.Grafana.Tests.Memberships;

internal static class InterruptionFaults
{
    extension(Interruption interruption)
    {
        /// <summary>Lets one request go wrong.</summary>
        /// <param name="grafana">Of which instance.</param>
        /// <param name="time">Its client's clock.</param>
        /// <param name="nth">The how manieth request from now on.</param>
        /// <param name="kill">What kills the client.</param>
        public void Apply(FakeGrafana grafana, ImpatientTime time, int nth, CancellationTokenSource kill)
        {
            FaultBuilder Request() => grafana.Faults.OnAny().Nth(nth);
            _ = interruption switch
            {
                Interruption.ResetBefore => Request().Reset(),
                Interruption.ResetAfter => Request().AfterEffect().Reset(),
                Interruption.TimeUpBefore => First(time.PassDeadlines).Hang(),
                Interruption.KilledBefore => First(kill.Cancel).Hang(),
                Interruption.TimeUpAfter or Interruption.KilledAfter => Request().SlowBody(2, TimeSpan.FromHours(1)),
                Interruption.CutShortOfItsLength => Request().Truncate(),
                Interruption.CutWithinChunks => Request().Truncate(0.5, Truncation.WithinChunks),
                Interruption.CutUnannounced => Request().Truncate(0.5, Truncation.Unannounced),
                Interruption.Empty => Request().EmptyBody(),
                Interruption.Status500Before => Request().Respond(500),
                Interruption.Status500After => Request().AfterEffect().Respond(500),
                Interruption.Status502Before => Request().Respond(502),
                Interruption.Status502After => Request().AfterEffect().Respond(502),
                Interruption.Status503Before => Request().Respond(503),
                Interruption.Status503After => Request().AfterEffect().Respond(503),
                Interruption.Status504Before => Request().Respond(504),
                Interruption.Status504After => Request().AfterEffect().Respond(504),
                Interruption.RateLimited => Request().RateLimit(7),
                Interruption.HtmlBefore => Request().HtmlPage(),
                Interruption.HtmlAfter => Request().AfterEffect().HtmlPage(),
                Interruption.HtmlGatewayAfter => Request().AfterEffect().HtmlPage(502),
                Interruption.GoneBefore => grafana.Faults.OnAny().From(nth).Reset(),
                _ => GoneAfter(),
            };

            FaultBuilder First(Action action)
            {
                Request().Run(_ => action());
                return Request();
            }

            // The second rule does not see the request that the first one answers.
            FaultRule GoneAfter()
            {
                Request().AfterEffect().Reset();
                return grafana.Faults.OnAny().From(nth).Reset();
            }
        }
    }
}
