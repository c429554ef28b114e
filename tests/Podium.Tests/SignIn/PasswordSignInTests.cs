using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Data;
using Podium.People;
using Podium.SignIn;
using Podium.Tests.Data;

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
        await using var rig = await SignInRig.CreateAsync(kind);
        var person = await AddPersonAsync(rig, "O'Neil@Example.COM");
        var context = new DefaultHttpContext();

        var outcome = await rig.Get<PasswordSignIn>().SignInAsync(context, "o'neil@example.com", Password, Cancellation);

        Assert.Equal(SignInResult.SignedIn, outcome.Result);
        var cookie = Assert.Single(context.Response.Headers.SetCookie)!;
        Assert.StartsWith("__Host-podium=", cookie, StringComparison.Ordinal);
        Assert.Contains("secure; samesite=lax; httponly", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);
        var token = cookie.Split('=', ';')[1];
        Assert.Equal(person.Id, (await rig.Get<Sessions>().FindAsync(new(token), "10.0.0.1", Cancellation))!.PersonId);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task SignInAsync_WrongPasswords_PauseWhetherThePersonExistsOrNot(DatabaseKind kind)
    {
        await using var rig = await SignInRig.CreateAsync(kind);
        await AddPersonAsync(rig, "ada@example.com");

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
        var right = await rig.Get<PasswordSignIn>().SignInAsync(new DefaultHttpContext(), "ada@example.com", Password, Cancellation);
        Assert.Equal(SignInResult.Paused, right.Result);
        rig.Clock.Advance(TimeSpan.FromMinutes(15));
        right = await rig.Get<PasswordSignIn>().SignInAsync(new DefaultHttpContext(), "ada@example.com", Password, Cancellation);
        Assert.Equal(SignInResult.SignedIn, right.Result);

        async Task<List<string>> TryAsync(string email)
        {
            List<string> messages = [];
            for (var index = 0; index < 6; index++)
            {
                messages.Add((await rig.Get<PasswordSignIn>().SignInAsync(new DefaultHttpContext(), email, "wrong", Cancellation)).Message);
            }

            return messages;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task TakeAsync_ManyAtOnce_AreCountedEach(DatabaseKind kind)
    {
        await using var rig = await SignInRig.CreateAsync(kind);
        var tries = rig.Get<SignInTries>();

        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => tries.TakeAsync("ada@example.com", Cancellation)));

        Assert.Equal(SignInTries.Allowed, taken.Count(one => one.MayTry));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task SignInAsync_DisabledPerson_IsRefusedLikeAWrongPassword(DatabaseKind kind)
    {
        await using var rig = await SignInRig.CreateAsync(kind);
        var person = await AddPersonAsync(rig, "ada@example.com");
        await rig.Get<PersonStatusChanges>().ChangeAsync(person.Id, PersonStatus.Disabled, Actor.Operator, Cancellation);

        var outcome = await rig.Get<PasswordSignIn>().SignInAsync(new DefaultHttpContext(), "ada@example.com", Password, Cancellation);

        Assert.Equal("E-mail or password is wrong. 4 tries left, then a pause of 15 minutes.", outcome.Message);
    }

    [Fact]
    public async Task SignInAsync_Refused_IsAuditedWithoutWhatWasTyped()
    {
        await using var rig = await SignInRig.CreateAsync(DatabaseKind.Sqlite);

        await rig.Get<PasswordSignIn>().SignInAsync(new DefaultHttpContext(), "my-secret-typed-in-the-wrong-field", "another-secret", Cancellation);

        var row = await rig.Database.ReadAsync(context => context.Set<AuditRow>().SingleAsync(row => row.Kind == "session.refused", Cancellation));
        Assert.DoesNotContain("secret", row.Details + row.SubjectId, StringComparison.Ordinal);
        Assert.Equal(ActorKind.Stranger, row.ActorKind);
    }

    private static async Task<Person> AddPersonAsync(SignInRig rig, string email)
    {
        var person = await rig.AddPersonAsync(email);
        var hash = Passwords.Hash(Password);
        await rig.Database.WriteAsync(context => Passwords.WriteAsync(context, person.Id, hash, rig.Clock.Now(), Cancellation), Cancellation);
        return person;
    }
}
