using Microsoft.AspNetCore.Http;
using Podium.Data;
using Podium.SignIn;
using Podium.Tests.Data;

namespace Podium.Tests.SignIn;

public sealed class SetUpTests
{
    private static readonly SetUpAnswers Answers = new("Ada Lovelace", "ada@example.com", "correct horse battery");

    public static TheoryData<DatabaseKind> Kinds => TestDatabase.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task CompleteAsync_GoodLink_MakesASuperAdministratorWhoIsSignedIn(DatabaseKind kind)
    {
        await using var rig = await SignInRig.CreateAsync(kind);
        var setUp = rig.Get<SetUp>();
        var link = (await setUp.NewLinkAsync(Cancellation))!.Value;
        var context = new DefaultHttpContext();

        // Looking, also by a mail scanner or a preview, uses nothing up.
        Assert.True(await setUp.IsGoodAsync(link.Text, Cancellation));
        Assert.True(await setUp.IsGoodAsync(link.Text, Cancellation));
        var outcome = await setUp.CompleteAsync(context, link.Text, Answers, Cancellation);

        Assert.True(outcome.Done);
        var token = Assert.Single(context.Response.Headers.SetCookie)!.Split('=', ';')[1];
        var caller = await rig.Get<Sessions>().FindAsync(new(token), null, Cancellation);
        Assert.True(caller!.Is(Role.SuperAdministrator));
        Assert.False(await setUp.IsOpenAsync(Cancellation));
        Assert.Null(await setUp.NewLinkAsync(Cancellation));
        Assert.False(await setUp.IsGoodAsync(link.Text, Cancellation));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task CompleteAsync_TwoAtOnceByTwoLinks_MakesOne(DatabaseKind kind)
    {
        await using var rig = await SignInRig.CreateAsync(kind);
        var setUp = rig.Get<SetUp>();
        var (one, other) = ((await setUp.NewLinkAsync(Cancellation))!.Value, (await setUp.NewLinkAsync(Cancellation))!.Value);

        var outcomes = await Task.WhenAll(
            setUp.CompleteAsync(new DefaultHttpContext(), one.Text, Answers, Cancellation),
            setUp.CompleteAsync(new DefaultHttpContext(), other.Text, Answers with { Email = "grace@example.com" }, Cancellation));

        Assert.Single(outcomes, outcome => outcome.Done);
        Assert.Contains("ended", Assert.Single(outcomes, outcome => !outcome.Done).Problems[""], StringComparison.Ordinal);
    }

    [Fact]
    public async Task IsGoodAsync_AfterADay_IsNot()
    {
        await using var rig = await SignInRig.CreateAsync(DatabaseKind.Sqlite);
        var link = (await rig.Get<SetUp>().NewLinkAsync(Cancellation))!.Value;

        rig.Clock.Advance(TimeSpan.FromHours(24));

        Assert.False(await rig.Get<SetUp>().IsGoodAsync(link.Text, Cancellation));
        Assert.False((await rig.Get<SetUp>().CompleteAsync(new DefaultHttpContext(), link.Text, Answers, Cancellation)).Done);
    }

    [Fact]
    public async Task CompleteAsync_BadAnswers_AreNamedByFieldAndUseNothingUp()
    {
        await using var rig = await SignInRig.CreateAsync(DatabaseKind.Sqlite);
        var link = (await rig.Get<SetUp>().NewLinkAsync(Cancellation))!.Value;

        var outcome = await rig.Get<SetUp>().CompleteAsync(new DefaultHttpContext(), link.Text, new(" ", "ada", "short"), Cancellation);

        Assert.Equal(["DisplayName", "Email", "Password"], outcome.Problems.Keys.Order());
        Assert.True(await rig.Get<SetUp>().IsGoodAsync(link.Text, Cancellation));
    }

    [Fact]
    public async Task NewLinkAsync_SuperAdministratorDisabled_IsNotOpenToWhoReadsTheLog()
    {
        await using var rig = await SignInRig.CreateAsync(DatabaseKind.Sqlite);
        var person = await rig.AddPersonAsync(Role.SuperAdministrator);
        await rig.Database.WriteAsync(
            async context => (await context.FindAsync<Podium.People.Person>([person.Id], Cancellation))!.Status = Podium.People.PersonStatus.Disabled,
            Cancellation);

        Assert.Null(await rig.Get<SetUp>().NewLinkAsync(Cancellation));
    }
}
