using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Podium.Audit;
using Podium.Data;
using Podium.People;
using Podium.SignIn;
using Podium.Tests.Data;

namespace Podium.Tests.SignIn;

/// <summary>The use cases of signing in over a database, without a server: whose timers a clock that jumps would set off by the thousand.</summary>
internal sealed class SignInRig : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;
    private int _people;

    private SignInRig(TestDatabase database)
    {
        _database = database;
        _services = new ServiceCollection().AddData(database.Options).AddSingleton<TimeProvider>(Clock).AddPeople().AddSignIn().BuildServiceProvider();
    }

    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.UnixEpoch.AddYears(56));

    public Database Database => Get<Database>();

    public static async Task<SignInRig> CreateAsync(DatabaseKind kind) => new(await TestDatabase.CreateAsync(kind));

    public T Get<T>()
        where T : notnull
        => _services.GetRequiredService<T>();

    public Task<Person> AddPersonAsync(params Role[] roles) => AddPersonAsync($"person{Interlocked.Increment(ref _people)}@example.com", roles);

    public Task<Person> AddPersonAsync(string email, params Role[] roles)
    {
        Assert.True(EmailAddress.TryParse(email, out var address, out _));
        return Database.WriteAsync(
            async context =>
            {
                var person = await PersonRegistration.CreateAsync(context, "Somebody", address.Value, Clock, Actor.System, TestContext.Current.CancellationToken);
                foreach (var role in roles)
                {
                    await RoleChanges.GrantAsync(context, person.Id, role, Actor.System, Clock.Now(), TestContext.Current.CancellationToken);
                }

                return person;
            },
            TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }
}
