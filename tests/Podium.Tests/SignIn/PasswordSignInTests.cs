using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Podium.Audit;
using Podium.Data;
using Podium.People;
using Podium.SignIn;
using Podium.Tests.Data;
using Podium.Tests.Hosting;

namespace Podium.Tests.SignIn;

public sealed class PasswordSignInTests
{
    private const string Password = "correct horse battery";

    public static TheoryData<DatabaseKind> Kinds => TestDatabase.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task SignInAsync_RightPassword_BeginsASession(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var person = await AddPersonAsync(server, "O'Neil@Example.COM");
        var context = new DefaultHttpContext();

        var outcome = await server.Get<PasswordSignIn>().SignInAsync(context, "o'neil@example.com", Password, Cancellation);

        Assert.Equal(SignInResult.SignedIn, outcome.Result);
        var cookie = Assert.Single(context.Response.Headers.SetCookie)!;
        Assert.StartsWith("__Host-podium=", cookie, StringComparison.Ordinal);
        Assert.Contains("secure; samesite=lax; httponly", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);
        var token = cookie.Split('=', ';')[1];
        Assert.Equal(person.Id, (await server.Get<Sessions>().FindAsync(new(token), "10.0.0.1", Cancellation))!.PersonId);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task SignInAsync_WrongPasswords_PauseWhetherThePersonExistsOrNot(DatabaseKind kind)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var server = await TestServer.StartAsync(kind, clock);
        await AddPersonAsync(server, "ada@example.com");

        var known = await TryAsync("ada@example.com");
        var unknown = await TryAsync("nobody@example.com");

        string[] expected =
        [
            "E-mail or password is wrong. 4 tries left, then a pause of 15 minutes.",
            "E-mail or password is wrong. 3 tries left, then a pause of 15 minutes.",
            "E-mail or password is wrong. 2 tries left, then a pause of 15 minutes.",
            "E-mail or password is wrong. 1 try left, then a pause of 15 minutes.",
            "E-mail or password is wrong. The next try is in 15 minutes.",
            "Too many tries. The next one is in 15 minutes.",
        ];
        Assert.Equal(expected, known);
        Assert.Equal(expected, unknown);
        var right = await server.Get<PasswordSignIn>().SignInAsync(new DefaultHttpContext(), "ada@example.com", Password, Cancellation);
        Assert.Equal(SignInResult.Paused, right.Result);
        clock.Advance(TimeSpan.FromMinutes(15));
        right = await server.Get<PasswordSignIn>().SignInAsync(new DefaultHttpContext(), "ada@example.com", Password, Cancellation);
        Assert.Equal(SignInResult.SignedIn, right.Result);

        async Task<List<string>> TryAsync(string email)
        {
            List<string> messages = [];
            for (var index = 0; index < 6; index++)
            {
                messages.Add((await server.Get<PasswordSignIn>().SignInAsync(new DefaultHttpContext(), email, "wrong", Cancellation)).Message);
            }

            return messages;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task TakeAsync_ManyAtOnce_AreCountedEach(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var tries = server.Get<SignInTries>();

        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => tries.TakeAsync("ada@example.com", Cancellation)));

        Assert.Equal(SignInTries.Allowed, taken.Count(one => one.MayTry));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task SignInAsync_DisabledPerson_IsRefusedLikeAWrongPassword(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var person = await AddPersonAsync(server, "ada@example.com");
        await server.Get<PersonStatusChanges>().ChangeAsync(person.Id, PersonStatus.Disabled, Actor.Operator, Cancellation);

        var outcome = await server.Get<PasswordSignIn>().SignInAsync(new DefaultHttpContext(), "ada@example.com", Password, Cancellation);

        Assert.Equal("E-mail or password is wrong. 4 tries left, then a pause of 15 minutes.", outcome.Message);
    }

    [Fact]
    public async Task SignInAsync_Refused_IsAuditedWithoutWhatWasTyped()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);

        await server.Get<PasswordSignIn>().SignInAsync(new DefaultHttpContext(), "my-secret-typed-in-the-wrong-field", "another-secret", Cancellation);

        var row = await server.Database.ReadAsync(context => context.Set<AuditRow>().SingleAsync(row => row.Kind == "session.refused", Cancellation));
        Assert.DoesNotContain("secret", row.Details + row.SubjectId, StringComparison.Ordinal);
        Assert.Equal(ActorKind.Stranger, row.ActorKind);
    }

    private static async Task<Person> AddPersonAsync(TestServer server, string email)
    {
        Assert.True(EmailAddress.TryParse(email, out var address, out _));
        var clock = server.Get<TimeProvider>();
        var hash = Passwords.Hash(Password);
        return await server.Database.WriteAsync(
            async context =>
            {
                var person = await PersonRegistration.CreateAsync(context, "Somebody", address.Value, clock, Actor.System, Cancellation);
                await Passwords.WriteAsync(context, person.Id, hash, clock.Now(), Cancellation);
                return person;
            },
            Cancellation);
    }
}
